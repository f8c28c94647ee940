package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
        return "next " + schedule.next(Instant.now()).map(Instant::toString).orElse("never");
    }

    private static String text(JsonObject schedule, String field) {
        return schedule.get(field) instanceof JsonString(String text) ? text : "";
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
    static final class Listing extends OverDesk {

        @Option(names = "--json", description = "Prints one JSON object a line.")
        private boolean json;

        Listing(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException, TimeoutException {
            List<JsonObject> all = desk.schedules().all();
            if (!json) {
                console.line(all.isEmpty() ? "no schedules" : line("SCHEDULE", "CRON", "WORKFLOW", "NEXT", "LAST RUN"));
            }
            all.forEach(one -> console.line(json ? one.toString() : line(one)));
            return ExitCode.OK;
        }

        private static String line(JsonObject one) {
            String next = text(one, "next");
            String last = text(one, "lastRun");
            boolean paused = one.get("paused") instanceof JsonBoolean(boolean so) && so;
            return line(
                    text(one, "name"),
                    text(one, "cron") + " " + text(one, "zone"),
                    text(one, "workflow"),
                    next.isEmpty() ? (paused ? "paused" : "never") : next,
                    last.isEmpty() ? "-" : last + ", " + text(one, "lastStatus"));
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
    static final class Show extends OverDesk {

        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the schedule.")
        private String name = "";

        Show(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException, TimeoutException {
            JsonObject found = desk.schedules().all().stream()
                    .filter(one -> text(one, "name").equals(name))
                    .findFirst()
                    .orElseThrow(() -> new FailureException(
                            ExitCode.FAILED, "no schedule '" + name + "'; './crumb schedule list' lists them"));
            console.line(found.toString());
            return ExitCode.OK;
        }
    }
}
