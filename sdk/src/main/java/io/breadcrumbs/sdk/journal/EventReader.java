package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.Order;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** Makes events of records; anybody may have written these. */
final class EventReader {

    private final RunEvent from;

    private EventReader(RunEvent from) {
        this.from = from;
    }

    static Entry read(RunEvent from) throws UnreadableEventException {
        Order order = from.getOrder();
        Entry.Destination to = order == null ? null : new Entry.Destination(order.getTopic(), order.getPartition());
        return new Entry(new EventReader(from).event(), from.getAtMs(), to);
    }

    private Event event() throws UnreadableEventException {
        return switch (from.getType()) {
            case STARTED -> started();
            case ASKED -> new Event.Asked(at(), from.getAttempt(), request());
            case CALLED -> new Event.Called(at(), from.getAttempt(), child());
            case OPENED -> new Event.Opened(step(), needed("value", value()));
            case WAITS -> new Event.Waits(step(), until(), value(), from.getName());
            case BRANCHED -> new Event.Branched(step(), from.getBranch());
            case COMPLETED -> new Event.Completed(at(), from.getAttempt(), value(), from.getBy());
            case ATTEMPT_FAILED -> new Event.AttemptFailed(at(), from.getAttempt(), error(), until());
            case FAILED -> new Event.Failed(at(), from.getAttempt(), error(), from.getBy());
            case SKIPPED -> new Event.Skipped(step());
            case BLOCKED -> new Event.Blocked(step());
            case UNDOING -> new Event.Undoing(step(), request());
            case UNDONE -> new Event.Undone(step(), from.getError() == null ? null : error());
            case SIGNALLED ->
                new Event.Signalled(
                        needed("name", from.getName()), value(from.getAbout()), needed("value", value()), from.getBy());
            case STOPPING -> new Event.Stopping(end(), error(), from.getBy());
            case PAUSED -> new Event.Paused(from.getBy());
            case RESUMED -> new Event.Resumed(from.getBy());
            case RETRIED -> new Event.Retried(from.getBy(), from.getUntilMs());
            case REJECTED -> new Event.Rejected(error().code(), error().message(), parent());
            case IGNORED -> new Event.Ignored(error().message());
            case ENDED -> new Event.Ended(end(), value(), from.getError() == null ? null : error());
            case DELETED -> new Event.Deleted(from.getBy());
            case UNKNOWN ->
                throw new UnreadableEventException(
                        "expected an event of a known type, got a newer one: update this" + " process");
        };
    }

    private Event started() throws UnreadableEventException {
        return new Event.Started(
                needed("source", from.getSource()),
                needed("value", value()),
                new Event.Origin(from.getName(), from.getBy(), parent(), from.getDepth(), Forks.event(from.getFork())),
                from.getUntilMs(),
                Forks.events(from.getGiven()));
    }

    private Event.@Nullable Parent parent() {
        String request = from.getParentRequestId();
        return request == null ? null : new Event.Parent(from.getParentRunId(), request);
    }

    private Event.Request request() throws UnreadableEventException {
        Order order = order();
        return new Event.Request(
                order.getId(),
                needed("order.tool", order.getTool()),
                order.getToolVersion(),
                order.getPool(),
                order.getPure(),
                order.getOnce(),
                needed("value", value()),
                until());
    }

    private Event.Child child() throws UnreadableEventException {
        Order order = order();
        return new Event.Child(
                order.getId(),
                needed("order.runId", order.getRunId()),
                from.getName(),
                from.getSource(),
                needed("value", value()),
                until());
    }

    private Order order() throws UnreadableEventException {
        return needed("order", from.getOrder());
    }

    private Place at() throws UnreadableEventException {
        return new Place(step(), from.getItem());
    }

    private String step() throws UnreadableEventException {
        return needed("stepId", from.getStepId());
    }

    private long until() throws UnreadableEventException {
        return needed("untilMs", from.getUntilMs());
    }

    private RunError error() throws UnreadableEventException {
        io.breadcrumbs.schemas.RunError error = needed("error", from.getError());
        return new RunError(error.getKind(), error.getCode(), error.getMessage(), error.getRetryable());
    }

    private RunStatus end() throws UnreadableEventException {
        return switch (from.getEnd()) {
            case COMPLETED -> RunStatus.COMPLETED;
            case PARTIAL -> RunStatus.PARTIAL;
            case FAILED -> RunStatus.FAILED;
            case CANCELLED -> RunStatus.CANCELLED;
            case NONE, UNKNOWN ->
                throw new UnreadableEventException(
                        from.getType() + ": expected how the run ends, got " + from.getEnd());
        };
    }

    private @Nullable Value value() {
        return value(from.getValue());
    }

    private static @Nullable Value value(@Nullable String text) {
        return text == null ? null : Value.of(text);
    }

    private <T> T needed(String field, @Nullable T value) throws UnreadableEventException {
        if (value == null) {
            throw new UnreadableEventException(from.getType() + ": expected a value for " + field + ", got none");
        }
        return value;
    }
}
