package io.breadcrumbs.local.workflows;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.sdk.runs.StoredWorkflows.Stored;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about workflows that are stored. */
final class StoredCommands {

    private StoredCommands() {}

    /** Which there are. */
    @Command(
            name = "list",
            description = "Lists the stored workflows, by name.",
            footer = {
                "",
                "Example: ./crumb workflow list",
                "",
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
            List<Stored> all = desk.workflows().all();
            if (!json) {
                console.line(all.isEmpty() ? "no workflows" : line("WORKFLOW", "VERSION", "STORED", "BY"));
            }
            all.forEach(one -> console.line(
                    json
                            ? json(one).toString()
                            : line(
                                    one.name(),
                                    Integer.toString(one.version()),
                                    Instant.ofEpochSecond(one.at() / 1_000).toString(),
                                    one.by() == null ? "-" : one.by())));
            return ExitCode.OK;
        }

        private static String line(String... columns) {
            return String.format(Locale.ROOT, "%-36s  %7s  %-20s  %s", (Object[]) columns)
                    .stripTrailing();
        }
    }

    /** What one is. */
    @Command(
            name = "show",
            description = "Prints a stored workflow, JSON.",
            footer = {
                "",
                "Examples:",
                "  ./crumb workflow show sum > sum.json",
                "  ./crumb workflow show sum --version 1",
                "",
                "Exit codes: 0 printed, 1 no such workflow, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Show extends OverDesk {

        @Parameters(paramLabel = "NAME", description = "Its name; './crumb workflow list' lists them.")
        private String name = "";

        @Option(names = "--version", paramLabel = "N", description = "Its version; the newest unless given.")
        private @Nullable Integer version;

        @Option(names = "--json", description = "Prints a JSON object with its name, version and author around it.")
        private boolean json;

        Show(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException, TimeoutException {
            Stored stored = desk.workflows().find(name, version);
            console.line(json ? json(stored).toString() : stored.definition());
            return ExitCode.OK;
        }
    }

    /** Forgets one. */
    @Command(
            name = "delete",
            description = "Deletes a stored workflow with all its versions; runs that have begun go on.",
            footer = {
                "",
                "Example: ./crumb workflow delete sum",
                "",
                "Exit codes: 0 deleted, 1 no such workflow, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Delete extends OverDesk {

        @Parameters(paramLabel = "NAME", description = "Its name; './crumb workflow list' lists them.")
        private String name = "";

        Delete(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            desk.workflows().delete(name);
            console.line("workflow " + name + " is deleted");
            return ExitCode.OK;
        }
    }

    private static JsonObject json(Stored stored) {
        return JsonObject.builder()
                .put("name", stored.name())
                .put("version", stored.version())
                .put("storedAt", Instant.ofEpochMilli(stored.at()).toString())
                .putIfPresent("by", stored.by())
                .put("definition", Value.of(stored.definition()).json())
                .build();
    }
}
