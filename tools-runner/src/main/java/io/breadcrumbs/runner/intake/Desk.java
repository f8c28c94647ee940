package io.breadcrumbs.runner.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.runner.catalogue.Prepared;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.runner.intake.Executions.Execution;
import io.breadcrumbs.runner.slot.Bounds;
import io.breadcrumbs.runner.slot.Permits;
import io.breadcrumbs.runner.slot.Slot;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.secret.SecretReferences;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the requests of all pools of a runner and sees each to its answer: known ones join or are answered again; new
 * ones get a permit, are checked, executed and answered. Without a permit the log keeps the request. Any thread.
 */
public final class Desk implements Receiver<ToolRequest> {

    /** How long a tool may take to end after it was stopped; then it is answered all the same. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long the catalogue may be read less far here than the requester has seen it. */
    private static final Duration CATALOGUE_WITHIN = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Service service;
    private final Permits permits;
    private final int perWorkspace;
    private final Remembered remembered;
    private final Sweep sweep;
    private final AtomicInteger stuck = new AtomicInteger();
    private volatile boolean closed;

    /**
     * What the desk works with.
     *
     * @param hands run what must not run on the thread that offers
     */
    record Service(
            Toolbox toolbox,
            Executions executions,
            Answers answers,
            Markers markers,
            Cancels cancels,
            Time time,
            Executor hands,
            Observer observer) {}

    /**
     * How much there may be at once.
     *
     * @param executions at once
     * @param perWorkspace of them for one workspace; 0: as many as there are
     * @param answers of requests that are remembered after they were answered
     */
    public record Limits(int executions, int perWorkspace, int answers) {}

    Desk(Service service, Limits limits, Remembered remembered) {
        this.service = service;
        this.permits = new Permits(limits.executions());
        this.perWorkspace = limits.perWorkspace();
        this.remembered = remembered;
        this.sweep = new Sweep(remembered, service.time(), this::overdue);
    }

    // ------------------------------------------------------------------ taking

    @Override
    public boolean offer(Delivery<ToolRequest> delivery) {
        if (closed) {
            return false;
        }
        ToolRequest request = delivery.breadcrumb().body();
        String id = request.getRequestId();
        Work known = remembered.open(id);
        if (known != null && known.join(delivery)) {
            return true;
        }
        ToolResponse answer = remembered.answer(id);
        if (answer != null) {
            service.answers().publish(answer, delivery.breadcrumb().headers().trace(), delivery::done);
            return true;
        }
        Slot slot = permits.take(bounds(request));
        if (slot == null) {
            return false;
        }
        Work work = new Work(delivery, slot, service.time().now());
        Work first = remembered.openOr(work);
        if (first != null) {
            work.slot().end();
            return first.join(delivery) || offer(delivery);
        }
        sweep.later();
        service.hands().execute(() -> begin(work));
        return true;
    }

    /** What the request counts against, as far as the catalogue is known here. */
    private Bounds bounds(ToolRequest request) {
        String tool = request.getTool();
        Entry entry = tool == null ? null : service.toolbox().find(tool, request.getToolVersion());
        return Bounds.of(request, perWorkspace, entry == null ? null : entry.definition());
    }

    /** What has not begun goes back to the log at once: whoever gets the partition begins it. */
    @Override
    public void draining(Partition partition) {
        for (Work work : remembered.open()) {
            if (work.isOf(partition) && work.handBack()) {
                handBack(work);
            }
        }
    }

    private void handBack(Work work) {
        remembered.forget(work);
        work.slot().end();
        work.close().forEach(Delivery::giveBack);
    }

    private static Instant deadline(ToolRequest request) {
        return request.getDeadlineMs() == 0 ? Instant.MAX : Instant.ofEpochMilli(request.getDeadlineMs());
    }

    /** What is here now, for metrics and tests. */
    public Occupancy occupancy() {
        return new Occupancy(
                remembered.open().size(),
                permits.taken(),
                permits.lobby(),
                service.markers().claims(),
                stuck.get());
    }

    // ------------------------------------------------------------------ checking

    private void begin(Work work) {
        ToolRequest request = work.request();
        try {
            demandWanted(work);
            if (request.getRequestId().isEmpty()) {
                throw ToolFailure.invalid("requestId", "expected an id that no other request has, got none");
            }
            String tool = request.getTool();
            if (tool == null || tool.isBlank()) {
                throw ToolFailure.invalid("tool", "expected the name of a tool, got none");
            }
            if (service.toolbox().isBehind(request.getCataloguePosition()) && mayWait(work)) {
                service.time().after(LOOK_AGAIN, () -> begin(work));
                return;
            }
            Entry entry = service.toolbox().find(tool, request.getToolVersion());
            if (entry == null) {
                refuse(work, notFound(tool, request.getToolVersion()));
            } else if (!entry.definition().getEnabled()) {
                refuse(work, ToolFailure.of(ErrorKind.NOT_FOUND, "DISABLED", "tool '" + tool + "' is switched off"));
            } else if (entry.prepared().isDone()) {
                entry.prepared().whenComplete((prepared, failure) -> check(work, prepared, failure));
            } else {
                entry.prepared()
                        .whenComplete(
                                (prepared, failure) -> service.hands().execute(() -> check(work, prepared, failure)));
            }
        } catch (ToolFailure failure) {
            refuse(work, failure);
        }
    }

    /** Fails if nobody wants the request to be executed any more. */
    private void demandWanted(Work work) throws ToolFailure {
        if (service.time().now().isAfter(deadline(work.request()))) {
            throw ToolFailure.of(
                    ErrorKind.TIMEOUT, "DEADLINE", "the request's deadline was over before it could be executed");
        }
        ToolCancel cancel = service.cancels().of(work.request());
        if (cancel != null) {
            throw cancelled(cancel);
        }
    }

    private static ToolFailure cancelled(ToolCancel cancel) {
        String reason = cancel.getReason();
        return ToolFailure.of(ErrorKind.CANCELLED, "CANCELLED", reason.isBlank() ? "cancelled" : reason);
    }

    private boolean mayWait(Work work) {
        return service.time().now().isBefore(work.since().plus(CATALOGUE_WITHIN));
    }

    private static ToolFailure notFound(String tool, @Nullable String version) {
        String which = "'" + tool + "'" + (version == null ? "" : " version " + version);
        return ToolFailure.of(
                ErrorKind.NOT_FOUND,
                "TOOL_NOT_FOUND",
                "no tool " + which + " is in the catalogue: './crumb tools' lists those that are");
    }

    private void check(Work work, @Nullable Prepared prepared, @Nullable Throwable failure) {
        if (prepared == null) {
            refuse(work, NotReady.of(work.request().getTool(), failure));
            return;
        }
        try {
            JsonNode input = Values.parse(work.request().getInput());
            prepared.input().check(SecretReferences.filled(input, name -> name));
            work.checked(service.toolbox(), prepared, input);
        } catch (ToolFailure invalid) {
            refuse(work, invalid);
            return;
        }
        Bounds bounds = Bounds.of(work.request(), perWorkspace, prepared.definition());
        int chars = work.request().getInput().length();
        if (work.slot().enter(bounds, chars, () -> service.hands().execute(() -> proceed(work)))) {
            proceed(work);
        }
    }

    private void proceed(Work work) {
        if (!work.begin()) {
            return; // it was stopped or handed back while it waited
        }
        if (work.tool().definition().getSideEffects() == SideEffects.ONCE) {
            claim(work);
        } else {
            execute(work);
        }
    }

    // ------------------------------------------------------------------ executing

    /** Goes on only if no marker but ours says that the tool was begun. */
    private void claim(Work work) {
        work.delivery().durable().whenComplete((position, failure) -> {
            if (failure != null) {
                if (work.answer()) {
                    handBack(work); // if the log has it all the same, its copy comes
                }
                return;
            }
            service.markers().claim(position, work.request().getRequestId(), ours -> {
                if (ours) {
                    service.hands().execute(() -> execute(work));
                } else {
                    work.begunElsewhere();
                    work.slot().giveBack();
                    service.time().after(timeout(work), () -> refuse(work, outcomeUnknown()));
                }
            });
        });
    }

    private static ToolFailure outcomeUnknown() {
        return ToolFailure.of(
                ErrorKind.OUTCOME_UNKNOWN,
                "OUTCOME_UNKNOWN",
                "a runner began to execute this, and nobody knows how far it came; it must not be executed twice");
    }

    private static Duration timeout(Work work) {
        Long asked = work.request().getTimeoutMs();
        return Duration.ofMillis(asked == null ? work.tool().definition().getTimeoutMs() : asked);
    }

    private void execute(Work work) {
        Instant now = service.time().now();
        Instant until = now.plus(timeout(work));
        Instant deadline = deadline(work.request());
        if (!work.start(now, until.isBefore(deadline) ? until : deadline)) {
            return; // it was stopped, and answered by who did
        }
        service.observer().begins(work);
        Execution execution = service.executions().of(work, outcome -> ended(work, outcome));
        if (work.runs(execution)) {
            execution.stop();
        }
        execution.run();
    }

    /** Nothing of the execution runs any more. */
    private void ended(Work work, Outcome outcome) {
        ToolFailure stopped = work.stopped();
        work.slot().end();
        if (work.end()) {
            stuck.decrementAndGet();
        }
        answer(work, stopped == null ? outcome : new Outcome.Failure(stopped.toError()));
    }

    private void refuse(Work work, ToolFailure why) {
        work.slot().end();
        answer(work, new Outcome.Failure(why.toError()));
    }

    private void answer(Work work, Outcome outcome) {
        if (!work.answer()) {
            return;
        }
        Instant now = service.time().now();
        work.finished(now);
        ToolResponse response = service.answers().of(work, outcome, now);
        service.answers().publish(response, work.trace(), () -> {
            remembered.answered(work, response);
            work.close().forEach(Delivery::done);
        });
        service.observer().answered(work, response); // nobody waits for that
    }

    // ------------------------------------------------------------------ stopping

    /** Takes a cancel, for what is open here. */
    void cancel(ToolCancel cancel) {
        for (Work work : remembered.open()) {
            if (service.cancels().means(cancel, work.request())) {
                stop(work, cancelled(cancel));
            }
        }
    }

    private void stop(Work work, ToolFailure said) {
        ToolFailure why = work.isBegunElsewhere() ? outcomeUnknown() : said;
        if (!work.stop(why)) {
            return;
        }
        Execution running = work.running();
        if (work.startedAt() == null) {
            refuse(work, why);
            return;
        }
        if (running != null) { // otherwise who starts it stops it
            running.stop();
        }
        service.time().after(GRACE, () -> {
            if (!work.isAnswered() && work.clings()) {
                stuck.incrementAndGet();
                service.observer().clings(work);
                answer(work, new Outcome.Failure(why.toError())); // the slot stays taken until it ends
            }
        });
    }

    private void overdue(Work work) {
        Instant started = work.startedAt();
        if (started == null) {
            stop(work, late("expected the request's turn to come before its deadline, within ", work.since(), work));
            return;
        }
        ToolFailure why = late("expected the tool to end within ", started, work);
        stop(work, work.tool().definition().getSideEffects() == SideEffects.ONCE ? why.notRetryable() : why);
    }

    private static ToolFailure late(String what, Instant since, Work work) {
        long ms = Duration.between(since, work.stopAt()).toMillis();
        return ToolFailure.of(ErrorKind.TIMEOUT, "TIMEOUT", what + ms + " ms, and gave it up then");
    }

    /** Takes nothing more, and stops everything, unanswered: whoever has the partitions next begins again. */
    public void abandon() {
        closed = true;
        ToolFailure why = ToolFailure.of(ErrorKind.CANCELLED, "CLOSED", "the runner ends");
        for (Work work : remembered.open()) {
            remembered.forget(work);
            if (!work.abandon(why)) {
                continue;
            }
            Execution running = work.running();
            if (running != null) {
                running.stop();
            } else if (work.startedAt() == null) { // otherwise who starts it stops it
                work.slot().end();
            }
        }
    }
}
