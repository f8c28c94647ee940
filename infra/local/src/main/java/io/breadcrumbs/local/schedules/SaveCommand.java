package io.breadcrumbs.local.schedules;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.runs.Texts;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores a schedule. */
@Command(
        name = "save",
        description = "Stores a schedule under a name, or another one instead of it.",
        footer = {
            "",
            "Examples:",
            "  ./crumb schedule save nightly --cron '30 3 * * *' --zone Europe/Berlin --workflow clean-up",
            "  ./crumb schedule save hourly --cron '0 * * * *' --workflow sync --overlap queue --catch-up all --window 6h",
            "",
            "Exit codes: 0 stored, 1 failed, 2 wrong command line, 3 no platform answers."
        })
final class SaveCommand extends Changing {

    @Option(
            names = "--cron",
            paramLabel = "CRON",
            required = true,
            description = "When: minute, hour, day of the month, month, day of the week.")
    private String cron = "";

    @Option(names = "--zone", paramLabel = "ZONE", description = "Whose clocks. Default: ${DEFAULT-VALUE}")
    private String zone = "UTC";

    @Option(
            names = "--workflow",
            paramLabel = "NAME",
            required = true,
            description = "What is started: the newest stored workflow of this name.")
    private String workflow = "";

    @Option(names = "--version", paramLabel = "N", description = "That version of it, for ever.")
    private @Nullable Integer version;

    @Option(
            names = "--input",
            paramLabel = "JSON",
            description = "Input of the runs, or @FILE. Default: ${DEFAULT-VALUE}")
    private String input = "{}";

    @Option(
            names = "--overlap",
            paramLabel = "POLICY",
            description = "If the run before is not over: skip, queue, cancel (it) or allow. Default: ${DEFAULT-VALUE}")
    private String overlap = "skip";

    @Option(
            names = "--catch-up",
            paramLabel = "POLICY",
            description = "What nobody was there for: none, last or all come late. Default: ${DEFAULT-VALUE}")
    private String catchUp = "none";

    @Option(names = "--window", paramLabel = "TIME", description = "How late at most. Default: ${DEFAULT-VALUE}")
    private String window = "1d";

    @Option(names = "--paused", description = "Stores it paused.")
    private boolean paused;

    private @Nullable Schedule stored;

    SaveCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        if (!StoredWorkflows.NAME.matcher(name).matches()) {
            throw new FailureException(
                    ExitCode.USAGE, "NAME: expected 1 to 100 letters, digits, '_', '.' or '-', got '" + name + "'");
        }
        input = new Texts(console).input("--input", input);
        try {
            stored = Schedule.of(Metas.DEFAULT_WORKSPACE, name, context(null), Instant.now());
        } catch (IllegalArgumentException e) {
            throw new FailureException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private JsonObject context(@Nullable String definition) {
        JsonObject.Builder context = JsonObject.builder()
                .put("cron", cron)
                .put("zone", zone)
                .put("workflow", workflow)
                .put("input", Value.of(input).json())
                .put("overlap", overlap.toLowerCase(Locale.ROOT))
                .put("catchUp", catchUp.toLowerCase(Locale.ROOT))
                .put("window", window)
                .put("paused", Json.of(paused));
        return definition == null
                ? context.build()
                : context.put("definition", Value.of(definition).json()).build();
    }

    @Override
    void change(Desk desk) throws InterruptedException, TimeoutException {
        String definition = desk.workflows().find(workflow, version).definition();
        desk.schedules().save(name, context(version == null ? null : definition));
    }

    @Override
    String done() {
        return "is stored; " + LookCommands.next(stored);
    }
}
