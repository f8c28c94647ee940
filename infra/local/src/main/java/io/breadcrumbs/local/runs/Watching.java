package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.runs.view.History;
import io.breadcrumbs.local.runs.view.StatusText;
import io.breadcrumbs.sdk.runs.state.StatusJson;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Follows a run until it is over: as a tree that changes, as a line an event, or without a word. */
final class Watching implements AutoCloseable {

    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** What is shown meanwhile. */
    enum Show {
        NOTHING,
        LINES,
        TREE
    }

    /** What a command that begins a run does then. */
    static final class Options {

        @Option(names = "--watch", description = "Shows its steps until it is over.")
        private boolean watch;

        @Option(names = "--wait", description = "Waits until it is over, and prints its output.")
        private boolean wait;

        @Option(
                names = "--json",
                description = "Prints a JSON object: the run as it stands at the end of this command.")
        private boolean json;

        void check() {
            if (watch && (wait || json)) {
                throw new FailureException(ExitCode.USAGE, "expected --watch alone, without --wait and --json");
            }
        }

        Show show() {
            return watch ? asSuits() : Show.NOTHING;
        }

        /** The run has begun. */
        int begun(Watching watching) throws InterruptedException {
            Run run = watching.family().first().run();
            if (!json && !watch && !wait) {
                watching.console.line(StatusText.line(watching.family().first(), System.currentTimeMillis()));
            }
            try {
                return watch || wait ? watching.untilOver() : ExitCode.OK;
            } finally {
                if (json) {
                    watching.console.line(
                            StatusJson.of(watching.family().first()).toString());
                } else if (wait && run.output() != null) {
                    watching.console.line(String.valueOf(run.output()));
                }
            }
        }
    }

    private final Console console;
    private final Show show;
    private final Family family;
    private final Map<String, History> histories = new HashMap<>();
    private final List<News.Decided> past = new ArrayList<>();

    /** Begins to read. */
    Watching(Console console, RunDesk desk, String runId, Show show) {
        this.console = console;
        this.show = show;
        family = new Family(desk, runId, show != Show.NOTHING, this::decided);
    }

    static Show asSuits() {
        return Screen.live() ? Show.TREE : Show.LINES;
    }

    Family family() {
        return family;
    }

    private void decided(News.Decided decided) {
        if (show != Show.LINES) {
            return;
        }
        past.add(decided);
        if (family.caughtUp()) {
            printPast();
        }
    }

    /** What stood in the journal came partition by partition: it is printed in the order in which it happened. */
    private void printPast() {
        past.sort(Comparator.comparingLong((News.Decided decided) ->
                        decided.batch().entries().getFirst().atMs())
                .thenComparing(decided -> decided.batch().runId())
                .thenComparingLong(decided -> decided.batch().sequence()));
        past.forEach(this::print);
        past.clear();
        console.out().flush();
    }

    private void print(News.Decided decided) {
        String runId = family.first().run().id();
        String id = decided.batch().runId();
        History history = histories.computeIfAbsent(
                id, _ -> new History(id, family.plans(), id.equals(runId) ? "" : id.substring(runId.length()) + " "));
        if (histories.size() == 1 && decided.batch().sequence() == 0) {
            console.line(History.heading());
        }
        history.lines(decided).forEach(console::line);
    }

    /** Returns when the run is over; the exit code says whether it was completed. */
    int untilOver() throws InterruptedException {
        Screen screen = new Screen(console);
        if (family.caughtUp()) {
            printPast();
        }
        Run run = family.first().run();
        while (!(family.caughtUp() && run.status().over()) && family.first().unreadable() == null) {
            if (show == Show.TREE && family.caughtUp()) {
                screen.draw(lines());
            }
            if (family.next(show == Show.TREE ? FRAME : PATIENCE) instanceof News.CaughtUp && family.caughtUp()) {
                printPast();
            }
            if (console.out().checkError()) {
                break; // whoever read it is gone
            }
        }
        if (show == Show.TREE) {
            screen.draw(lines());
        } else if (show == Show.LINES) {
            console.line(StatusText.line(family.first(), System.currentTimeMillis()));
            StatusText.end(family.first()).forEach(console::line);
        }
        console.out().flush();
        return ended();
    }

    private int ended() {
        Run run = family.first().run();
        if (family.first().unreadable() != null) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "this process is too old to read on: " + family.first().unreadable());
        }
        if (run.status() != RunStatus.COMPLETED) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "run " + run.id() + " " + StatusText.past(run.status())
                            + (run.error() == null ? "" : ": " + run.error().message()));
        }
        return ExitCode.OK;
    }

    private List<String> lines() {
        if (!family.first().started()) {
            return List.of("run " + family.first().run().id() + " has not begun");
        }
        return StatusText.lines(family.first(), family::find, System.currentTimeMillis());
    }

    @Override
    public void close() {
        family.close();
    }
}
