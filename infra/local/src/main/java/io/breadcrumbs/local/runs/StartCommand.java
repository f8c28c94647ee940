package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.runs.control.Reading;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a run. */
@Command(
        name = "start",
        description = "Starts a run of a workflow, and returns when it has begun.",
        footer = {
            "",
            "Examples:",
            "  ./crumb run start sum.json",
            "  ./crumb run start sum.json --input '{\"max\": 10}' --watch",
            "  ./crumb run start --name sum --version 2",
            "  ./crumb run start order.json --input @order-17.json --id order-17 --timeout 2h",
            "  echo '{\"tool\": \"random\"}' | ./crumb run start - --wait",
            "",
            "docs/workflows.md shows what a workflow is. All that is wrong with one is",
            "said before anything is sent. An id names one run for ever: who starts it",
            "again with the same workflow and input gets the run that there is.",
            "",
            "Exit codes: 0 it has begun, with --wait and --watch: it is completed, 1 it has not,",
            "2 wrong command line, 3 no platform answers."
        })
final class StartCommand extends OverDesk {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The workflow, JSON; -: standard input; none: that which is stored under --name.")
    private @Nullable String file;

    @Option(
            names = "--input",
            paramLabel = "JSON",
            description = "Input of the run, or @FILE. Default: ${DEFAULT-VALUE}")
    private String input = "{}";

    @Option(names = "--id", paramLabel = "ID", description = "Id of the run; one is made unless given.")
    private @Nullable String id;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name, for people; the workflow's unless given. Without FILE: the stored workflow.")
    private @Nullable String name;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The run fails if it takes longer, such as 30s or 1h30m. No bound unless given.")
    private @Nullable String timeout;

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "Version of the stored workflow; the newest unless given.")
    private @Nullable Integer version;

    @Mixin
    private final Watching.Options then = new Watching.Options();

    private String definition = "";
    private @Nullable Duration limit;

    StartCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        then.check();
        Texts.runId(id);
        if (timeout != null) {
            limit = Times.duration(Json.of(timeout));
            if (limit == null || limit.isZero()) {
                throw new FailureException(
                        ExitCode.USAGE, "--timeout: expected a time such as 30s or 1h30m, got '" + timeout + "'");
            }
        }
        Texts texts = new Texts(console);
        input = texts.input("--input", input);
        if (file == null ? name == null : version != null) {
            throw new FailureException(
                    ExitCode.USAGE, "expected a FILE, or --name, and then --version if need be, of a stored workflow");
        }
        if (file != null) {
            definition = texts.file(file);
            Definition valid = texts.definition(file, definition);
            name = name == null ? valid.name() : name;
        }
        if (id == null) {
            id = Texts.freshId(
                    name == null
                            ? "run"
                            : name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        }
    }

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        String runId = id == null ? "" : id;
        if (file == null) {
            String stored = String.valueOf(name);
            definition = desk.workflows().find(stored, version).definition();
            new Texts(console).definition(stored, definition);
        }
        RunDesk runs = desk.runs();
        try (Watching watching = new Watching(console, runs, runId, then.show())) {
            Family family = watching.family();
            Reading.catchUp(family);
            if (family.first().started()) {
                demandSame(family.first().run());
                console.err().println("crumb: run " + runId + " exists already, nothing new was started");
            } else {
                demandNew(family.first());
                Reading.decision(family, runs.start(new RunDesk.Beginning(runId, name, definition, input, limit)));
            }
            return then.begun(watching);
        }
    }

    /** A start that was refused is not decided again. */
    private static void demandNew(Followed run) {
        Event.Rejected why = run.rejected();
        if (why != null && run.decided("command/" + run.run().id() + "/start")) {
            throw new FailureException(ExitCode.FAILED, "rejected: " + why.code() + ": " + why.message());
        }
    }

    private void demandSame(Run run) {
        boolean same = run.input().json().equals(Value.of(input).json())
                && run.exists()
                && run.plan().definition().source().equals(Value.of(definition).json());
        if (!same) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "run " + run.id() + " exists already, with another workflow or input; choose another --id");
        }
    }
}
