package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.Wish;
import io.breadcrumbs.local.runs.control.OfRun;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that give a run what it waits for. */
final class ReplyCommands {

    private ReplyCommands() {}

    private static String and(Family family) {
        return "; " + StatusText.line(family.first(), System.currentTimeMillis());
    }

    /** The steps that a decision has completed. */
    private static List<String> completed(Journal.Batch decision) {
        return decision.entries().stream()
                .flatMap(entry -> entry.event() instanceof Event.Completed completed
                        ? java.util.stream.Stream.of(completed.at().toString())
                        : java.util.stream.Stream.empty())
                .toList();
    }

    /** Sends a signal. */
    @Command(
            name = "signal",
            description = "Sends a signal to a run; a step that waits for it takes it, now or later.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run signal order-17 payment '{\"amount\": 20}'",
                "  ./crumb run signal order-17 payment '{\"amount\": 20}' --about '\"invoice-4\"'",
                "",
                "Exit codes: 0 the run has it, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Signal extends OfRun {

        @Parameters(index = "1", paramLabel = "NAME", description = "Name of the signal.")
        private String name = "";

        @Parameters(
                index = "2",
                arity = "0..1",
                paramLabel = "PAYLOAD",
                description = "What it brings, JSON or @FILE. Default: ${DEFAULT-VALUE}")
        private String payload = "{}";

        @Option(
                names = "--about",
                paramLabel = "JSON",
                description = "What it is about, for steps that wait for one with a correlation.")
        private @Nullable String about;

        Signal(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            payload = new Texts(console).input("PAYLOAD", payload);
            about = about == null ? null : Texts.json("--about", about);
        }

        @Override
        protected Wish wish() {
            return new Wish.Signal(name, about, payload);
        }

        @Override
        protected String meaning(Journal.Batch decision, Family family) {
            List<String> steps = completed(decision);
            return (steps.isEmpty()
                            ? "the signal is kept until a step waits for it"
                            : "step " + steps.getFirst() + " has taken the signal")
                    + and(family);
        }
    }

    /** Says yes. */
    @Command(
            name = "approve",
            description = "Approves what a step shows, or something else instead.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run approve order-17 discount",
                "  ./crumb run approve order-17 discount --change '{\"percent\": 5}'",
                "",
                "'./crumb run why ID' shows what is to be decided about.",
                "Exit codes: 0 approved, 1 rejected or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Approve extends OfRun {

        @Parameters(index = "1", paramLabel = "STEP", description = "The step that waits for a decision.")
        private String step = "";

        @Option(
                names = "--change",
                paramLabel = "JSON",
                description = "What is approved instead of what was shown, or @FILE.")
        private @Nullable String change;

        Approve(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            change = change == null ? null : new Texts(console).input("--change", change);
        }

        @Override
        protected Wish wish() {
            return new Wish.Approve(step, change);
        }

        @Override
        protected String meaning(Journal.Batch decision, Family family) {
            return "step " + step + " is approved" + and(family);
        }
    }

    /** Says no. */
    @Command(
            name = "reject",
            description = "Rejects what a step shows: the step fails.",
            footer = {
                "",
                "Example: ./crumb run reject order-17 discount",
                "",
                "Exit codes: 0 rejected, 1 the run refused that, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Reject extends OfRun {

        @Parameters(index = "1", paramLabel = "STEP", description = "The step that waits for a decision.")
        private String step = "";

        Reject(Console console) {
            super(console);
        }

        @Override
        protected Wish wish() {
            return new Wish.Reject(step);
        }

        @Override
        protected String meaning(Journal.Batch decision, Family family) {
            return "step " + step + " is rejected" + and(family);
        }
    }
}
