package io.breadcrumbs.local.runs.control;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.sdk.runs.RunAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands that stop a run, and make it go on. */
public final class ControlCommands {

    private ControlCommands() {}

    /** Ends a run. */
    @Command(
            name = "cancel",
            description = "Cancels a run: what runs is stopped, what can be undone is undone, then it is over.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run cancel order-17",
                "  ./crumb run cancel --name order --older-than 1d",
                "  ./crumb run cancel order-17 --reason 'wrong address'",
                "",
                "Exit codes: 0 decided so, 1 rejected (one of them) or failed, 2 wrong command line, 3 no platform answers."
            })
    public static final class Cancel extends OfRuns {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people. Default: ${DEFAULT-VALUE}")
        private String reason = "it was cancelled";

        public Cancel(Console console) {
            super(console, RunAction.CANCEL);
        }

        @Override
        String reason() {
            return reason;
        }
    }

    /** Begins no further step. */
    @Command(
            name = "pause",
            description = "Pauses a run: no step begins until it is resumed; steps that run go on.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run pause order-17",
                "  ./crumb run pause --name order",
                "",
                "Exit codes: 0 decided so, 1 rejected (one of them) or failed, 2 wrong command line, 3 no platform answers."
            })
    public static final class Pause extends OfRuns {

        public Pause(Console console) {
            super(console, RunAction.PAUSE);
        }
    }

    /** Goes on after a pause. */
    @Command(
            name = "resume",
            description = "Lets a paused run go on.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run resume order-17",
                "  ./crumb run resume --all",
                "",
                "Exit codes: 0 decided so, 1 rejected (one of them) or failed, 2 wrong command line, 3 no platform answers."
            })
    public static final class Resume extends OfRuns {

        public Resume(Console console) {
            super(console, RunAction.RESUME);
        }
    }

    /** Forgets a run. */
    @Command(
            name = "delete",
            description = "Deletes a run that is over, and those that it has started: nothing is kept of them.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run delete order-17",
                "  ./crumb run delete --status failed --older-than 30d --dry-run",
                "",
                "The id cannot be used again for the next 60 days: an old start must not begin it anew.",
                "Exit codes: 0 decided so, 1 rejected (one of them) or failed, 2 wrong command line, 3 no platform answers."
            })
    public static final class Delete extends OfRuns {

        public Delete(Console console) {
            super(console, RunAction.DELETE);
        }

        @Override
        String meaning(Family family) {
            return "run " + family.first().run().id() + ": deleted";
        }
    }

    /** Goes on after a failure. */
    @Command(
            name = "retry",
            description = "Lets a run that failed or was cancelled go on where that happened; completed steps stay so.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run retry order-17",
                "  ./crumb run retry --status failed --name order --rate 10",
                "",
                "A run of which steps have been undone cannot be retried.",
                "Exit codes: 0 decided so, 1 rejected (one of them) or failed, 2 wrong command line, 3 no platform answers."
            })
    public static final class Retry extends OfRuns {

        public Retry(Console console) {
            super(console, RunAction.RETRY);
        }
    }
}
