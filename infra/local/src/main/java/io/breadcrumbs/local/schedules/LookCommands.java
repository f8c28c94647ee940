package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.runs.control.AboutRuns;
import io.breadcrumbs.local.runs.journal.Summaries;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.schedule.StoredSchedules;
import io.breadcrumbs.sdk.schedule.TickRun;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that show schedules. */
final class LookCommands {

    private LookCommands() {}

    /** When a schedule starts something next, in words. */
    static String next(@Nullable Schedule schedule) {
        if (schedule == null || schedule.paused()) {
            return "paused";
        }
        return "next " + time(schedule).orElse("never");
    }

    private static Optional<String> time(Schedule schedule) {
        return schedule.next(Instant.now()).map(Instant::toString);
    }

    private static List<Schedule> read(Bus bus, Duration atMost) throws InterruptedException, TimeoutException {
        try (StoredSchedules stored = new StoredSchedules(bus)) {
            stored.whenRead().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return stored.all().stream()
                    .filter(one -> one.workspace().equals(Metas.DEFAULT_WORKSPACE))
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the schedules cannot be read: " + e.getCause(), e);
        }
    }

    /** The newest run that a schedule has started; null if there is none. */
    private static @Nullable Summary last(Schedule schedule, List<Summary> runs) {
        String prefix = TickRun.prefix(schedule.workspace(), schedule.name());
        return runs.stream()
                .filter(run -> run.runId().startsWith(prefix) && prefix.equals(TickRun.prefix(run.runId())))
                .max(Comparator.comparing(Summary::runId))
                .orElse(null);
    }

    private static JsonObject json(Schedule schedule, @Nullable Summary last) {
        return schedule.json(Instant.now())
                .putIfPresent("lastRun", last == null ? null : last.runId())
                .putIfPresent("lastStatus", last == null ? null : last.status())
                .build();
    }

    /** Which there are. */
    @Command(
            name = "list",
            description = "Lists the schedules, with their next ticks and their last runs.",
            footer = {
                "",
                "Example: ./crumb schedule list",
                "",
                "A run that is rejected was left out, since the one before was not over.",
                "Exit codes: 0 listed, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Listing extends AboutRuns {

        @Option(names = "--json", description = "Prints one JSON object a line.")
        private boolean json;

        Listing(Console console) {
            super(console);
        }

        @Override
        protected int call(Bus bus) throws InterruptedException, TimeoutException {
            List<Schedule> all = read(bus, READ_WITHIN);
            List<Summary> runs = Summaries.read(bus, READ_WITHIN);
            if (!json) {
                console.line(all.isEmpty() ? "no schedules" : line("SCHEDULE", "CRON", "WORKFLOW", "NEXT", "LAST RUN"));
            }
            for (Schedule one : all) {
                Summary last = last(one, runs);
                console.line(
                        json
                                ? json(one, last).toString()
                                : line(
                                        one.name(),
                                        one.cron().expression() + " "
                                                + one.cron().zone(),
                                        one.target().workflow(),
                                        time(one).orElse(one.paused() ? "paused" : "never"),
                                        last == null ? "-" : last.runId() + ", " + last.status()));
            }
            return ExitCode.OK;
        }

        private static String line(String... columns) {
            return String.format(Locale.ROOT, "%-20s  %-28s  %-20s  %-20s  %s", (Object[]) columns)
                    .stripTrailing();
        }
    }

    /** What one is. */
    @Command(
            name = "show",
            description = "Prints a schedule, JSON.",
            footer = {
                "",
                "Example: ./crumb schedule show nightly",
                "",
                "Exit codes: 0 shown, 1 there is none, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Show extends AboutRuns {

        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the schedule.")
        private String name = "";

        Show(Console console) {
            super(console);
        }

        @Override
        protected int call(Bus bus) throws InterruptedException, TimeoutException {
            Schedule found = read(bus, READ_WITHIN).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new FailureException(
                            ExitCode.FAILED, "no schedule '" + name + "'; './crumb schedule list' lists them"));
            console.line(
                    json(found, last(found, Summaries.read(bus, READ_WITHIN))).toString());
            return ExitCode.OK;
        }
    }
}
