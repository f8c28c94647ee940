package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks for runs. Each future completes when what is asked for is durable: from then on it will be decided about, and
 * the run's journal tells how.
 */
public final class Runs {

    private final Bus bus;
    private final String by;

    /** @param by on whose behalf */
    public Runs(Bus bus, String by) {
        this.bus = bus;
        this.by = by;
    }

    public CompletableFuture<Position> start(Start start) {
        Instant deadline = start.deadline();
        return publish(command(start.runId(), start.runId() + "/start", WorkflowCommandKind.START, start.workspace())
                .setName(start.name())
                .setDefinition(start.definition())
                .setPayload(start.input())
                .setDeadlineMs(deadline == null ? null : deadline.toEpochMilli()));
    }

    public CompletableFuture<Position> cancel(String runId, String reason) {
        return publish(command(runId, WorkflowCommandKind.CANCEL).setReason(reason));
    }

    public CompletableFuture<Position> pause(String runId) {
        return publish(command(runId, WorkflowCommandKind.PAUSE));
    }

    public CompletableFuture<Position> resume(String runId) {
        return publish(command(runId, WorkflowCommandKind.RESUME));
    }

    /** A run that failed, or was cancelled, goes on where that happened. */
    public CompletableFuture<Position> retry(String runId) {
        return publish(command(runId, WorkflowCommandKind.RETRY));
    }

    /**
     * Signals a run; a step that waits for it takes it, now or later.
     *
     * @param about what the signal carries, JSON; null if nothing
     */
    public CompletableFuture<Position> signal(String runId, String name, @Nullable String about, String payload) {
        return publish(command(runId, WorkflowCommandKind.SIGNAL)
                .setName(name)
                .setAbout(about)
                .setPayload(payload));
    }

    /**
     * Approves what a step shows.
     *
     * @param changed what is approved instead of what was shown, JSON; null: what was shown
     */
    public CompletableFuture<Position> approve(String runId, String step, @Nullable String changed) {
        return publish(
                command(runId, WorkflowCommandKind.APPROVE).setStepId(step).setPayload(changed));
    }

    public CompletableFuture<Position> reject(String runId, String step) {
        return publish(command(runId, WorkflowCommandKind.REJECT).setStepId(step));
    }

    private WorkflowCommand.Builder command(String runId, WorkflowCommandKind kind) {
        return command(runId, UUID.randomUUID().toString(), kind, Metas.DEFAULT_WORKSPACE);
    }

    private WorkflowCommand.Builder command(String runId, String id, WorkflowCommandKind kind, String workspace) {
        return WorkflowCommand.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, id, workspace, by, Instant.now()))
                .setCommandId(id)
                .setRunId(runId)
                .setKind(kind)
                .setRequestedBy(by);
    }

    private CompletableFuture<Position> publish(WorkflowCommand.Builder command) {
        WorkflowCommand record = command.build();
        return bus.publish(Catalogue.WORKFLOW_COMMAND, record.getRunId(), record);
    }
}
