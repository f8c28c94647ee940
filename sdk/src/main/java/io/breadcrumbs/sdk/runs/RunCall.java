package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run that somebody starts and waits for, as for a tool: the engine publishes its end as the answer to a request. Who
 * begins the same again, after a crash, gets the end of the run that there is: when no answer comes soon, its journal
 * is read once, for an end that was answered before, or a start that was rejected, which nobody answers. Any thread.
 */
public final class RunCall {

    /** By then the answer to a short run has come, and a journal is worth reading. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Bus bus;
    private final Time time;
    private final Calling calling;
    private final Publishing publishing;
    private final CompletableFuture<End> end = new CompletableFuture<>();

    /**
     * What is started.
     *
     * @param runId which makes the start idempotent; only who asks for the same makes the same
     * @param by on whose behalf
     * @param name of the workflow; null if it has none
     * @param definition JSON; null: the newest that is stored under the name
     * @param input JSON
     * @param depth how many runs are above it
     */
    public record Calling(
            String runId,
            String workspace,
            @Nullable String by,
            @Nullable String name,
            @Nullable String definition,
            String input,
            Instant deadline,
            int depth) {}

    /** How a run ended. */
    public sealed interface End {

        /** It was completed; {@code json} is null if the workflow has no output. */
        record Output(@Nullable String json) implements End {}

        /** It failed, was cancelled, or never began. */
        record Failed(RunError why) implements End {}
    }

    /** Publishes commands. */
    @FunctionalInterface
    public interface Publishing extends Function<Draft<WorkflowCommand>, CompletableFuture<Position>> {}

    private RunCall(Bus bus, Time time, Calling calling, Publishing publishing) {
        this.bus = bus;
        this.time = time;
        this.calling = calling;
        this.publishing = publishing;
    }

    /** Starts a run, unless it has been started before. */
    public static RunCall begin(Bus bus, Time time, Calling calling, Publishing publishing) {
        RunCall call = new RunCall(bus, time, calling, publishing);
        call.begin();
        return call;
    }

    private void begin() {
        Call answer = bus.await(calling.runId() + "/end", Duration.between(time.now(), calling.deadline()));
        answer.durable().whenComplete((response, failure) -> {
            if (failure == null) {
                end.complete(end(response));
            } else {
                end.completeExceptionally(failure);
            }
        });
        WorkflowCommand start = command("start", WorkflowCommandKind.START)
                .setDrawn(true)
                .setName(calling.name())
                .setDefinition(calling.definition())
                .setDefinitionRef(calling.definition() == null ? calling.name() : null)
                .setPayload(calling.input())
                .setParentRequestId(answer.requestId())
                .setDepth(calling.depth())
                .setDeadlineMs(calling.deadline().toEpochMilli())
                .build();
        publish(start).whenComplete((_, failure) -> {
            if (failure == null) {
                Runnable unwatch = time.after(SOON, this::look);
                end.whenComplete((_, _) -> unwatch.run());
            } else {
                end.completeExceptionally(failure);
            }
        });
    }

    private CompletableFuture<Position> publish(WorkflowCommand command) {
        return publishing.apply(Draft.of(Catalogue.WORKFLOW_COMMAND, command.getRunId(), command));
    }

    private void look() {
        PastRun.read(bus, calling.runId(), Thread::startVirtualThread).thenAccept(past -> {
            Event.Rejected no = past.rejected();
            if (past.started() == null && no != null) {
                end.complete(new End.Failed(RunError.invalid(no.code(), no.message())));
            } else if (past.run().status().over()) {
                end.complete(end(past.run()));
            }
        });
    }

    private static End end(ToolResponse response) {
        ToolError error = response.getError();
        return error == null
                ? new End.Output(response.getOutput())
                : new End.Failed(new RunError(
                        error.getKind().name().toLowerCase(java.util.Locale.ROOT),
                        error.getCode(),
                        error.getMessage(),
                        error.getRetryable()));
    }

    private static End end(Run run) {
        RunError error = run.error();
        if (run.status() == RunStatus.COMPLETED) {
            return new End.Output(run.output() == null ? null : run.output().toString());
        }
        return new End.Failed(error == null ? RunError.invalid("FAILED", "the run failed") : error);
    }

    private WorkflowCommand.Builder command(String what, WorkflowCommandKind kind) {
        String id = calling.runId() + "/" + what;
        String by = calling.by() == null ? bus.instance() : calling.by();
        return WorkflowCommand.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, id, calling.workspace(), by, time.now()))
                .setCommandId(id)
                .setRunId(calling.runId())
                .setKind(kind)
                .setRequestedBy(calling.by());
    }

    /** The run's end, when the log has it; fails if that does not come in time. */
    public CompletableFuture<End> end() {
        return end;
    }

    /** Nobody waits any more: the run is cancelled. */
    public CompletableFuture<Position> cancel(String reason) {
        return publish(
                command("cancel", WorkflowCommandKind.CANCEL).setReason(reason).build());
    }
}
