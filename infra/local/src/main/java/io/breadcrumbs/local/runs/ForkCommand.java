package io.breadcrumbs.local.runs;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.RunDesk;
import io.breadcrumbs.local.reach.OverDesk;
import io.breadcrumbs.local.runs.control.Reading;
import io.breadcrumbs.sdk.runs.Fork;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forks a run. */
@Command(
        name = "fork",
        description = "Starts a run that begins with what another one has done, and goes its own way from a step on.",
        footer = {
            "",
            "Examples:",
            "  ./crumb run fork order-17 --from pay",
            "  ./crumb run fork order-17 --from pay --step-input '{\"amount\": 3}' --watch",
            "  ./crumb run fork order-17 --from pay --definition order.json --id order-17b",
            "",
            "The step runs anew, and all that depend on it; so does what was neither completed",
            "nor left out. The run itself stays as it is, and may still be running.",
            "",
            "Exit codes: 0 it has begun, with --wait and --watch: it is completed, 1 it has not,",
            "2 wrong command line, 3 no platform answers."
        })
final class ForkCommand extends OverDesk {

    @Parameters(paramLabel = "ID", description = "Id of the run; './crumb run list' lists them.")
    private String from = "";

    @Option(names = "--from", paramLabel = "STEP", required = true, description = "The step that runs anew.")
    private String step = "";

    @Option(names = "--input", paramLabel = "JSON", description = "Input of the run, or @FILE. Default: as it was")
    private @Nullable String input;

    @Option(
            names = "--step-input",
            paramLabel = "JSON",
            description = "Input of the step, or @FILE; nothing in it is a template. Default: as the workflow says")
    private @Nullable String stepInput;

    @Option(
            names = "--definition",
            paramLabel = "FILE",
            description = "Another workflow, JSON; -: standard input. Default: the run's")
    private @Nullable String file;

    @Option(names = "--id", paramLabel = "ID", description = "Id of the new run; one is made unless given.")
    private @Nullable String id;

    @Mixin
    private final Watching.Options then = new Watching.Options();

    private @Nullable String definition;

    ForkCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        then.check();
        Texts.runId(id);
        Texts texts = new Texts(console);
        input = input == null ? null : texts.input("--input", input);
        stepInput = stepInput == null ? null : texts.input("--step-input", stepInput);
        if (file != null) {
            definition = texts.file(file);
            texts.definition(file, definition);
        }
        id = id == null ? Texts.freshId(from) : id;
    }

    @Override
    protected int call(Desk desk) throws InterruptedException, TimeoutException {
        String runId = id == null ? "" : id;
        RunDesk runs = desk.runs();
        try (Watching watching = new Watching(console, runs, runId, then.show())) {
            Reading.catchUp(watching.family());
            if (watching.family().first().started()) {
                demandSame(watching.family().first().run());
                console.err().println("crumb: run " + runId + " exists already, nothing new was started");
            } else {
                Reading.decision(
                        watching.family(), runs.fork(new Fork(runId, from, step, definition, input, stepInput)));
            }
            return then.begun(watching);
        }
    }

    private void demandSame(Run run) {
        Event.Fork there = run.origin().fork();
        Event.Fork here = new Event.Fork(from, step, stepInput == null ? null : Value.of(stepInput));
        boolean same = here.equals(there)
                && (input == null || run.input().json().equals(Value.of(input).json()))
                && (definition == null
                        || (run.exists()
                                && run.plan()
                                        .definition()
                                        .source()
                                        .equals(Value.of(definition).json())));
        if (!same) {
            throw new FailureException(
                    ExitCode.FAILED, "run " + run.id() + " exists already, and is another one; choose another --id");
        }
    }
}
