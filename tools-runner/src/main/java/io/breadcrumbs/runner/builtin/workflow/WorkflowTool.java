package io.breadcrumbs.runner.builtin.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.runs.RunCall;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.Values;
import io.breadcrumbs.sdk.workflow.definition.Conditions;
import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.definition.Definitions;
import io.breadcrumbs.sdk.workflow.definition.Fault;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a workflow, and answers with its output. It holds no execution slot while the run goes on, so that runs may ask
 * for it in turn. The same request is the same run, whoever executes it; who cancels the request cancels the run.
 */
public final class WorkflowTool implements Tool<WorkflowTool.Input, WorkflowTool.Output> {

    private static final Duration TIMEOUT = Duration.ofHours(1);

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "workflow",
                    "Runs a workflow, given or stored under a name, and answers with its output when it is over.",
                    Input.class,
                    Output.class)
            .effects(SideEffects.IDEMPOTENT)
            .timeout(TIMEOUT)
            .examples("""
                    {"input": {"workflow": {"steps": [{"id": "dice", "tool": "random"}], "output": "{dice.numbers[0]}"}},\
                     "output": {"run": "workflow-0-5d41402abc4b2a76", "output": 4}}""", """
                    {"input": {"workflow": "sum", "input": {"n": 40}},\
                     "output": {"run": "workflow-0-7d793037a0760186", "output": 42}}""");

    record Input(
            @Describe("The workflow: its definition, or the name that it is stored under.")
            JsonNode workflow,

            @Describe("Input of the run, {} unless given.") @Nullable
            JsonNode input) {}

    record Output(
            @Describe("Id of the run.") String run,

            @Describe("Its output; null if the workflow has none.") @Nullable
            JsonNode output) {}

    private final Bus bus;
    private final Time time;
    private final Conditions conditions = new CelConditions();

    public WorkflowTool(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure, InterruptedException {
        RunName name = RunName.of(context);
        RunCall call = RunCall.begin(bus, time, calling(input, name, context), context::publish);
        try {
            return switch (context.await(call.end())) {
                case RunCall.End.Output(@Nullable String json) ->
                    new Output(name.runId(), json == null ? null : Values.parse(json));
                case RunCall.End.Failed(RunError why) -> throw failure(name, why);
            };
        } catch (ExecutionException e) {
            throw unanswered(name, BusException.of(e));
        } catch (InterruptedException e) {
            call.cancel("request " + context.request().getRequestId() + ", which asked for it, was stopped");
            throw e;
        }
    }

    private RunCall.Calling calling(Input input, RunName name, ToolContext context) throws ToolFailure {
        JsonNode workflow = input.workflow();
        String stored = workflow.isTextual() ? stored(workflow.textValue()) : null;
        Definition valid = stored == null ? definition(workflow) : null;
        String definition = valid == null ? null : valid.source().toString();
        String given = input.input() == null ? "{}" : Values.write(input.input());
        int characters = given.length() + (definition == null ? 0 : definition.length());
        if (characters > Start.MOST_CHARACTERS) {
            throw ToolFailure.limit(
                    "TOO_LARGE",
                    "expected at most " + Start.MOST_CHARACTERS + " characters for a workflow and its input, got "
                            + characters);
        }
        return new RunCall.Calling(
                name.runId(),
                context.request().getMeta().getWorkspace(),
                context.request().getRequestedBy(),
                valid == null ? stored : valid.name(),
                definition,
                given,
                context.deadline(),
                name.depth());
    }

    private static String stored(String name) throws ToolFailure {
        if (!StoredWorkflows.NAME.matcher(name).matches()) {
            throw ToolFailure.invalid(
                    "workflow",
                    "expected a definition, or a name of 1 to 100 letters, digits, '_', '.' or '-', got " + name);
        }
        return name;
    }

    private Definition definition(JsonNode workflow) throws ToolFailure {
        return switch (Definitions.parse(Values.write(workflow), conditions)) {
            case Definitions.Outcome.Valid(Definition definition) -> definition;
            case Definitions.Outcome.Invalid(List<Fault> faults) ->
                throw ToolFailure.invalid(
                        "workflow", faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        };
    }

    private static ToolFailure failure(RunName name, RunError why) {
        String kind = why.kind().toUpperCase(Locale.ROOT).replace('-', '_');
        ErrorKind known = ErrorKind.RUNTIME;
        for (ErrorKind one : ErrorKind.values()) {
            known = one.name().equals(kind) ? one : known;
        }
        ToolFailure failure = ToolFailure.of(known, why.code(), "run " + name.runId() + ": " + why.message());
        return why.retryable() ? failure.retryable() : failure.notRetryable();
    }

    private static ToolFailure unanswered(RunName name, BusException failure) {
        boolean late = failure.code() == ErrorCode.DEADLINE;
        return ToolFailure.of(
                late ? ErrorKind.TIMEOUT : ErrorKind.CAPACITY,
                late ? "DEADLINE" : "NO_ANSWER",
                "run " + name.runId() + (late ? " was not over in time" : ": " + failure.getMessage()));
    }
}
