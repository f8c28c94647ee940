package io.breadcrumbs.sdk.runs;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.journal.Forks;
import io.breadcrumbs.sdk.workflow.decide.Forking;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks for runs. Each future completes when what is asked for is durable: from then on it will be decided about, and
 * the run's journal tells how, under the name that {@link Asked} gives.
 */
public final class Runs {

    private final Bus bus;
    private final String by;
    private final Executor aside;
    private final String workspace;

    /**
     * Asks for runs of the default workspace.
     *
     * @param by on whose behalf
     */
    public Runs(Bus bus, String by) {
        this(bus, by, Thread::startVirtualThread);
    }

    /** @param aside does what takes time: it reads runs that are to be forked */
    public Runs(Bus bus, String by, Executor aside) {
        this(bus, by, aside, Metas.DEFAULT_WORKSPACE);
    }

    private Runs(Bus bus, String by, Executor aside, String workspace) {
        this.bus = bus;
        this.by = by;
        this.aside = aside;
        this.workspace = workspace;
    }

    /** Asks for runs of another workspace. A start says itself where it begins, a fork begins where its run is. */
    public Runs in(String other) {
        return new Runs(bus, by, aside, other);
    }

    public CompletableFuture<Asked> start(Start start) {
        Instant deadline = start.deadline();
        return publish(begin(start.runId(), WorkflowCommandKind.START, start.workspace())
                .setDrawn(start.drawn())
                .setName(start.name())
                .setDefinition(start.definition())
                .setPayload(start.input())
                .setDeadlineMs(deadline == null ? null : deadline.toEpochMilli()));
    }

    /** Forks a run: reads its journal, and starts a new one that begins with what it has done. */
    public CompletableFuture<Forked> fork(Fork fork) {
        return PastRun.read(bus, fork.from(), aside).thenCompose(past -> fork(fork, past));
    }

    private CompletableFuture<Forked> fork(Fork fork, PastRun past) {
        Event.Started started = past.started();
        if (past.unreadable() != null) {
            return refused(RunError.invalid("UNREADABLE", "this process is too old to read on: " + past.unreadable()));
        }
        if (started == null) {
            return refused(new RunError(
                    RunError.NOT_FOUND,
                    "NO_RUN",
                    "expected a run, got '" + fork.from() + "', which nobody knows",
                    false));
        }
        String definition = fork.definition() == null ? started.source() : fork.definition();
        Plan plan;
        try {
            plan = past.run().plan(definition);
        } catch (IllegalArgumentException e) {
            return refused(RunError.invalid("BAD_DEFINITION", String.valueOf(e.getMessage())));
        }
        String stepInput = fork.stepInput();
        Event.Fork from = new Event.Fork(fork.from(), fork.step(), stepInput == null ? null : Value.of(stepInput));
        RunError fault = Forking.fault(from, plan);
        if (fault != null) {
            return refused(fault);
        }
        WorkflowCommand.Builder command = begin(fork.runId(), WorkflowCommandKind.FORK, past.workspace())
                .setName(
                        fork.definition() == null
                                ? started.origin().name()
                                : plan.definition().name())
                .setDefinition(definition)
                .setPayload(fork.input() == null ? started.input().toString() : fork.input())
                .setFork(Forks.record(from))
                .setGiven(Forks.records(Forking.given(past.run(), plan, fork.step())));
        RunError large = tooLarge(command);
        return large == null ? publish(command).thenApply(Forked.Published::new) : refused(large);
    }

    private static @Nullable RunError tooLarge(WorkflowCommand.Builder command) {
        long given = command.getGiven().stream()
                .mapToLong(one -> bytes(one.getOutput()) + bytes(one.getStepId()))
                .sum();
        long all = given
                + bytes(command.getDefinition())
                + bytes(command.getPayload())
                + bytes(command.getFork().getInput());
        return all <= Start.MOST_CHARACTERS
                ? null
                : RunError.invalid(
                        "TOO_LARGE",
                        "a fork may carry " + Start.MOST_CHARACTERS + " bytes, this one needs " + all + ", " + given
                                + " of them for the outputs of steps that need not run again: fork from an earlier"
                                + " step, so that there are fewer");
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static CompletableFuture<Forked> refused(RunError why) {
        return CompletableFuture.completedFuture(new Forked.Refused(why));
    }

    public CompletableFuture<Asked> cancel(String runId, String reason) {
        return publish(command(runId, WorkflowCommandKind.CANCEL).setReason(reason));
    }

    public CompletableFuture<Asked> pause(String runId) {
        return publish(command(runId, WorkflowCommandKind.PAUSE));
    }

    public CompletableFuture<Asked> resume(String runId) {
        return publish(command(runId, WorkflowCommandKind.RESUME));
    }

    /** A run that failed, or was cancelled, goes on where that happened. */
    public CompletableFuture<Asked> retry(String runId) {
        return publish(command(runId, WorkflowCommandKind.RETRY));
    }

    /** Nothing is kept any longer of a run that is over. */
    public CompletableFuture<Asked> delete(String runId) {
        return publish(command(runId, WorkflowCommandKind.DELETE));
    }

    /**
     * Signals a run; a step that waits for it takes it, now or later.
     *
     * @param about what the signal carries, JSON; null if nothing
     */
    public CompletableFuture<Asked> signal(String runId, String name, @Nullable String about, String payload) {
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
    public CompletableFuture<Asked> approve(String runId, String step, @Nullable String changed) {
        return publish(
                command(runId, WorkflowCommandKind.APPROVE).setStepId(step).setPayload(changed));
    }

    public CompletableFuture<Asked> reject(String runId, String step) {
        return publish(command(runId, WorkflowCommandKind.REJECT).setStepId(step));
    }

    /** However a run begins, it does so once. */
    private WorkflowCommand.Builder begin(String runId, WorkflowCommandKind kind, String where) {
        return command(runId, runId + "/start", kind, where);
    }

    private WorkflowCommand.Builder command(String runId, WorkflowCommandKind kind) {
        return command(runId, UUID.randomUUID().toString(), kind, workspace);
    }

    private WorkflowCommand.Builder command(String runId, String id, WorkflowCommandKind kind, String where) {
        return WorkflowCommand.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_COMMAND, id, where, by, Instant.now()))
                .setCommandId(id)
                .setRunId(runId)
                .setKind(kind)
                .setRequestedBy(by);
    }

    private CompletableFuture<Asked> publish(WorkflowCommand.Builder command) {
        WorkflowCommand record = command.build();
        return bus.publish(Catalogue.WORKFLOW_COMMAND, record.getRunId(), record)
                .thenApply(position -> new Asked(record.getRunId(), "command/" + record.getCommandId(), position));
    }
}
