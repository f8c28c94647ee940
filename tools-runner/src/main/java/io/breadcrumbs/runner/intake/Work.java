package io.breadcrumbs.runner.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.catalogue.Prepared;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.runner.intake.Executions.Execution;
import io.breadcrumbs.runner.slot.Slot;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request at this runner, from its delivery to its acknowledged answer. It may be delivered more than once: all are
 * done with the one answer. Guarded by its monitor, under which it calls nobody.
 */
public final class Work {

    private final ToolRequest request;
    private final Delivery<ToolRequest> first;
    private final Slot slot;
    private final Instant since;
    private final List<Delivery<ToolRequest>> deliveries = new ArrayList<>(1);
    private @Nullable Prepared tool;
    private @Nullable Toolbox toolbox;
    private @Nullable JsonNode input;
    private @Nullable Execution running;
    private @Nullable ToolFailure stopped;
    private Instant stopAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private volatile Span span = Span.NONE;
    private boolean begun;
    private boolean ended;
    private boolean clinging;
    private boolean elsewhere;
    private boolean answered;
    private boolean closed;

    Work(Delivery<ToolRequest> delivery, Slot slot, Instant since) {
        this.request = delivery.breadcrumb().body();
        this.since = since;
        this.stopAt = request.getDeadlineMs() == 0 ? Instant.MAX : Instant.ofEpochMilli(request.getDeadlineMs());
        this.first = delivery;
        this.slot = slot;
        deliveries.add(delivery);
    }

    public ToolRequest request() {
        return request;
    }

    public Slot slot() {
        return slot;
    }

    Lane lane() {
        return first.lane();
    }

    /** The traceparent of its execution; before that, and where no trace shows it, that of the request. */
    public @Nullable String trace() {
        String own = span.traceparent();
        return own == null ? first.breadcrumb().headers().trace() : own;
    }

    /** What its trace shows of its execution. */
    public Span span() {
        return span;
    }

    /** From now on its trace shows this of it. */
    public void shows(Span execution) {
        span = execution;
    }

    /** The delivery that brought it: its trace, and when it is durable. */
    Delivery<ToolRequest> delivery() {
        return first;
    }

    /** What is executed; there once the request has been checked. */
    public synchronized Prepared tool() {
        return there(tool);
    }

    /** The checked input. */
    public synchronized JsonNode input() {
        return there(input);
    }

    /** The catalogue, for what the tool asks of others. */
    public synchronized Toolbox toolbox() {
        return there(toolbox);
    }

    private <T> T there(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("request " + request.getRequestId() + " has not been checked yet");
        }
        return value;
    }

    /** When it is stopped, unless it has ended. */
    public synchronized Instant stopAt() {
        return stopAt;
    }

    /** Why it is to end; null while it is not. */
    public synchronized @Nullable ToolFailure stopped() {
        return stopped;
    }

    synchronized void checked(Toolbox from, Prepared with, JsonNode checkedInput) {
        toolbox = from;
        tool = with;
        input = checkedInput;
    }

    /** What has an effect outside begins; false if it was stopped or handed back before. */
    synchronized boolean begin() {
        if (stopped != null || answered) {
            return false;
        }
        begun = true;
        return true;
    }

    /** Somebody else is to see to it; false if it has begun here, or ends. */
    synchronized boolean handBack() {
        if (begun || stopped != null || answered) {
            return false;
        }
        answered = true;
        return true;
    }

    /** It was delivered from this partition. */
    synchronized boolean isOf(Partition partition) {
        return deliveries.stream()
                .anyMatch(delivery -> delivery.breadcrumb().partition().equals(partition));
    }

    /** It is executed from now on; false if it was stopped before. */
    synchronized boolean start(Instant now, Instant until) {
        if (stopped != null) {
            return false;
        }
        startedAt = now;
        stopAt = until;
        return true;
    }

    synchronized @Nullable Instant startedAt() {
        return startedAt;
    }

    synchronized void finished(Instant at) {
        finishedAt = at;
    }

    /** How long it waited before it was executed; empty if it was not. */
    public synchronized Optional<Duration> waited() {
        return Optional.ofNullable(startedAt).map(at -> Duration.between(since, at));
    }

    /** How long it was executed; empty if it was not, or is still. */
    public synchronized Optional<Duration> executed() {
        Instant end = finishedAt;
        return end == null ? Optional.empty() : Optional.ofNullable(startedAt).map(at -> Duration.between(at, end));
    }

    /** The definition that it is checked against; empty while that is not known. */
    public synchronized Optional<ToolDefinition> definition() {
        return Optional.ofNullable(tool).map(Prepared::definition);
    }

    /** Takes the handle of the execution; true if it was stopped meanwhile. */
    synchronized boolean runs(Execution execution) {
        running = execution;
        return stopped != null;
    }

    /** Another runner has begun it: what became of that, nobody here knows. */
    synchronized void begunElsewhere() {
        elsewhere = true;
    }

    synchronized boolean isBegunElsewhere() {
        return elsewhere;
    }

    /**
     * It is to end.
     *
     * @return false if it is ending already
     */
    synchronized boolean stop(ToolFailure why) {
        if (stopped != null || answered) {
            return false;
        }
        stopped = why;
        return true;
    }

    /** It ends here without an answer; false if it has one. */
    synchronized boolean abandon(ToolFailure why) {
        if (answered) {
            return false;
        }
        answered = true;
        stopped = stopped == null ? why : stopped;
        return true;
    }

    /** Its execution; null while it has not begun. */
    synchronized @Nullable Execution running() {
        return running;
    }

    /** Its execution does not end though it was stopped; false if it has ended. */
    synchronized boolean clings() {
        clinging = !ended;
        return clinging;
    }

    /** Nothing of its execution runs any more; true if it clung. */
    synchronized boolean end() {
        ended = true;
        return clinging;
    }

    /** True once, for who gives the answer. */
    synchronized boolean answer() {
        boolean mine = !answered;
        answered = true;
        return mine;
    }

    synchronized boolean isAnswered() {
        return answered;
    }

    /** When it came. */
    Instant since() {
        return since;
    }

    /** The same request came again: done together with the others; false if those are done. */
    synchronized boolean join(Delivery<ToolRequest> again) {
        return !closed && deliveries.add(again);
    }

    /** All its deliveries; no more will join. */
    synchronized List<Delivery<ToolRequest>> close() {
        closed = true;
        return List.copyOf(deliveries);
    }
}
