package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.runs.journal.Family;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.runs.Asked;
import io.breadcrumbs.sdk.runs.Runs;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands that stop a run, and make it go on. */
final class ControlCommands {

    private ControlCommands() {}

    /** Ends a run. */
    @Command(
            name = "cancel",
            description = "Cancels a run: what runs is stopped, what can be undone is undone, then it is over.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run cancel order-17",
                "  ./crumb run cancel order-17 --reason 'wrong address'",
                "",
                "Exit codes: 0 decided so, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Cancel extends OfRun {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people. Default: ${DEFAULT-VALUE}")
        private String reason = "it was cancelled";

        Cancel(Console console) {
            super(console);
        }

        @Override
        CompletableFuture<Asked> ask(Runs runs) {
            return runs.cancel(runId, reason);
        }
    }

    /** Begins no further step. */
    @Command(
            name = "pause",
            description = "Pauses a run: no step begins until it is resumed; steps that run go on.",
            footer = {
                "",
                "Example: ./crumb run pause order-17",
                "",
                "Exit codes: 0 decided so, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Pause extends OfRun {

        Pause(Console console) {
            super(console);
        }

        @Override
        CompletableFuture<Asked> ask(Runs runs) {
            return runs.pause(runId);
        }
    }

    /** Goes on after a pause. */
    @Command(
            name = "resume",
            description = "Lets a paused run go on.",
            footer = {
                "",
                "Example: ./crumb run resume order-17",
                "",
                "Exit codes: 0 decided so, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Resume extends OfRun {

        Resume(Console console) {
            super(console);
        }

        @Override
        CompletableFuture<Asked> ask(Runs runs) {
            return runs.resume(runId);
        }
    }

    /** Forgets a run. */
    @Command(
            name = "delete",
            description = "Deletes a run that is over, and those that it has started: nothing is kept of them.",
            footer = {
                "",
                "Example: ./crumb run delete order-17",
                "",
                "The id cannot be used again for the next 60 days: an old start must not begin it anew.",
                "Exit codes: 0 decided so, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Delete extends OfRun {

        Delete(Console console) {
            super(console);
        }

        @Override
        CompletableFuture<Asked> ask(Runs runs) {
            return runs.delete(runId);
        }

        @Override
        String meaning(Journal.Batch decision, Family family) {
            return "run " + runId + ": deleted";
        }
    }

    /** Goes on after a failure. */
    @Command(
            name = "retry",
            description = "Lets a run that failed or was cancelled go on where that happened; completed steps stay so.",
            footer = {
                "",
                "Example: ./crumb run retry order-17",
                "",
                "A run of which steps have been undone cannot be retried.",
                "Exit codes: 0 decided so, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Retry extends OfRun {

        Retry(Console console) {
            super(console);
        }

        @Override
        CompletableFuture<Asked> ask(Runs runs) {
            return runs.retry(runId);
        }
    }
}
