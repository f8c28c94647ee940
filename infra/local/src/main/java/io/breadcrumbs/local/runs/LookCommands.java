package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.runs.control.Reading;
import io.breadcrumbs.local.runs.view.History;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.runs.state.StatusJson;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that look at one run. */
final class LookCommands {

    private LookCommands() {}

    /** How it stands. */
    @Command(
            name = "status",
            description = "Shows how a run stands: its steps with states, attempts and times, and those of runs below.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run status order-17",
                "  ./crumb run status order-17 --json",
                "",
                "Exit codes: 0 shown, 1 no such run, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Status extends OverDesk {

        @Parameters(paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
        private String runId = "";

        @Option(names = "--json", description = "Prints a JSON object, with inputs and outputs in full.")
        private boolean json;

        Status(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException, TimeoutException {
            RunDesk runs = desk.runs();
            try (Family family = new Family(runs, runId, !json, _ -> {})) {
                Reading.catchUp(family);
                Reading.demandStarted(runs, family);
                if (json) {
                    console.line(StatusJson.of(family.first()).toString());
                } else {
                    StatusText.lines(family.first(), family::find, System.currentTimeMillis())
                            .forEach(console::line);
                }
            }
            return ExitCode.OK;
        }
    }

    /** What becomes of it. */
    @Command(
            name = "watch",
            description = "Shows the steps of a run until it is over: on a terminal as a tree that changes, elsewhere"
                    + " a line an event.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run watch order-17",
                "  ./crumb run watch order-17 | tee order-17.log",
                "",
                "Ctrl-C ends it; the run goes on.",
                "Exit codes: 0 the run is completed, 1 it ended otherwise, or there is no such run,",
                "2 wrong command line, 3 no platform answers."
            })
    static final class Watch extends OverDesk {

        @Parameters(paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
        private String runId = "";

        Watch(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException, TimeoutException {
            RunDesk runs = desk.runs();
            try (Watching watching = new Watching(console, runs, runId, Watching.asSuits())) {
                Reading.catchUp(watching.family());
                Reading.demandAccepted(runs, watching.family());
                return watching.untilOver();
            }
        }
    }

    /** What has become of it. */
    @Command(
            name = "history",
            description = "Prints all events of a run, in order: when, where, what, by whom, after how long.",
            footer = {
                "",
                "Examples:",
                "  ./crumb run history order-17",
                "  ./crumb run history order-17 --json > order-17.jsonl",
                "",
                "--json prints all that the journal has of each event, under its own names:",
                "what the fields mean stands in the schema of workflow.event.v1. RunReplay, in the",
                "SDK's test kit, decides such a file again: docs/workflows.md shows how.",
                "Exit codes: 0 printed, 1 no such run, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Past extends OverDesk {

        @Parameters(paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
        private String runId = "";

        @Option(names = "--json", description = "Prints one JSON object a line.")
        private boolean json;

        Past(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException, TimeoutException {
            RunDesk runs = desk.runs();
            List<News.Decided> all = new ArrayList<>();
            try (Family family = new Family(runs, runId, false, decided -> add(all, decided))) {
                Reading.catchUp(family);
                if (all.isEmpty()
                        || (family.first().deleted() && !family.first().started())) {
                    Reading.demandStarted(runs, family);
                }
                History history = new History(runId, family.plans(), "");
                if (!json) {
                    console.line(History.heading());
                }
                for (News.Decided decided : all) {
                    (json ? History.json(decided) : history.lines(decided)).forEach(line -> console.line(line + ""));
                }
            }
            return ExitCode.OK;
        }

        /** What a deleted run has done is not told any more, whether the log still has it or not. */
        private static void add(List<News.Decided> all, News.Decided decided) {
            if (decided.batch().entries().getLast().event() instanceof Event.Deleted) {
                all.clear();
            } else {
                all.add(decided);
            }
        }
    }
}
