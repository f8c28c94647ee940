package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.Order;
import io.breadcrumbs.schemas.RunEnd;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.RunEventType;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes records of events. */
final class EventWriter {

    private EventWriter() {}

    static RunEvent write(Entry entry) {
        RunEvent.Builder to = RunEvent.newBuilder().setAtMs(entry.atMs());
        switch (entry.event()) {
            case Event.Started started -> start(to, started);
            case Event.Asked asked ->
                at(to, RunEventType.ASKED, asked.at(), asked.attempt())
                        .setValue(text(asked.request().input()))
                        .setUntilMs(asked.request().deadline())
                        .setOrder(order(entry, asked.request()));
            case Event.Called called -> call(to, entry, called);
            case Event.Opened opened ->
                in(to, RunEventType.OPENED, opened.step()).setValue(text(opened.items()));
            case Event.Waits waits ->
                in(to, RunEventType.WAITS, waits.step())
                        .setName(waits.title())
                        .setUntilMs(waits.until())
                        .setValue(text(waits.about()));
            case Event.Branched branched ->
                in(to, RunEventType.BRANCHED, branched.step()).setBranch(branched.branch());
            case Event.Completed done ->
                at(to, RunEventType.COMPLETED, done.at(), done.attempt())
                        .setValue(text(done.output()))
                        .setBy(done.by());
            case Event.AttemptFailed failed ->
                at(to, RunEventType.ATTEMPT_FAILED, failed.at(), failed.attempt())
                        .setError(error(failed.error()))
                        .setUntilMs(failed.retryAt());
            case Event.Failed failed ->
                at(to, RunEventType.FAILED, failed.at(), failed.attempt())
                        .setError(error(failed.error()))
                        .setBy(failed.by());
            case Event.Skipped skipped -> in(to, RunEventType.SKIPPED, skipped.step());
            case Event.Blocked blocked -> in(to, RunEventType.BLOCKED, blocked.step());
            case Event.Undoing undoing ->
                in(to, RunEventType.UNDOING, undoing.step())
                        .setValue(text(undoing.request().input()))
                        .setUntilMs(undoing.request().deadline())
                        .setOrder(order(entry, undoing.request()));
            case Event.Undone undone ->
                in(to, RunEventType.UNDONE, undone.step()).setError(error(undone.error()));
            default -> ofRun(to, entry.event());
        }
        return to.build();
    }

    private static void ofRun(RunEvent.Builder to, Event event) {
        switch (event) {
            case Event.Signalled signalled ->
                to.setType(RunEventType.SIGNALLED)
                        .setName(signalled.name())
                        .setAbout(text(signalled.about()))
                        .setValue(text(signalled.payload()))
                        .setBy(signalled.by());
            case Event.Stopping stopping ->
                to.setType(RunEventType.STOPPING)
                        .setEnd(RunEnd.valueOf(stopping.end().name()))
                        .setError(error(stopping.error()))
                        .setBy(stopping.by());
            case Event.Paused paused -> to.setType(RunEventType.PAUSED).setBy(paused.by());
            case Event.Resumed resumed -> to.setType(RunEventType.RESUMED).setBy(resumed.by());
            case Event.Retried retried ->
                to.setType(RunEventType.RETRIED).setBy(retried.by()).setUntilMs(retried.deadline());
            case Event.Rejected rejected ->
                parent(to, rejected.parent())
                        .setType(RunEventType.REJECTED)
                        .setError(error(new RunError("", rejected.code(), rejected.message(), false)));
            case Event.Ignored ignored ->
                to.setType(RunEventType.IGNORED).setError(error(new RunError("", "", ignored.reason(), false)));
            case Event.Ended ended ->
                to.setType(RunEventType.ENDED)
                        .setEnd(RunEnd.valueOf(ended.status().name()))
                        .setValue(text(ended.output()))
                        .setError(error(ended.error()));
            case Event.Deleted deleted -> to.setType(RunEventType.DELETED).setBy(deleted.by());
            default -> throw new IllegalArgumentException("no event of a run: " + event);
        }
    }

    private static void start(RunEvent.Builder to, Event.Started started) {
        parent(to, started.origin().parent())
                .setType(RunEventType.STARTED)
                .setSource(started.source())
                .setValue(text(started.input()))
                .setUntilMs(started.deadline())
                .setName(started.origin().name())
                .setBy(started.origin().by())
                .setDepth(started.origin().depth())
                .setFork(Forks.record(started.origin().fork()))
                .setGiven(Forks.records(started.given()));
    }

    private static RunEvent.Builder parent(RunEvent.Builder to, Event.@Nullable Parent parent) {
        return to.setParentRunId(parent == null ? null : parent.runId())
                .setParentRequestId(parent == null ? null : parent.requestId());
    }

    private static void call(RunEvent.Builder to, Entry entry, Event.Called called) {
        Event.Child child = called.child();
        Order order =
                place(entry).setId(child.requestId()).setRunId(child.runId()).build();
        at(to, RunEventType.CALLED, called.at(), called.attempt())
                .setName(child.name())
                .setSource(child.source())
                .setValue(text(child.input()))
                .setUntilMs(child.deadline())
                .setOrder(order);
    }

    private static Order order(Entry entry, Event.Request request) {
        return place(entry)
                .setId(request.id())
                .setTool(request.tool())
                .setToolVersion(request.version())
                .setPool(request.pool())
                .setPure(request.pure())
                .setOnce(request.once())
                .build();
    }

    private static Order.Builder place(Entry entry) {
        Entry.Destination to = Objects.requireNonNull(entry.to(), () -> "no destination for " + entry.event());
        return Order.newBuilder().setTopic(to.topic()).setPartition(to.partition());
    }

    private static RunEvent.Builder at(RunEvent.Builder to, RunEventType type, Place at, int attempt) {
        return in(to, type, at.step()).setItem(at.item()).setAttempt(attempt);
    }

    private static RunEvent.Builder in(RunEvent.Builder to, RunEventType type, String step) {
        return to.setType(type).setStepId(step);
    }

    private static @Nullable String text(@Nullable Value value) {
        return value == null ? null : value.toString();
    }

    private static io.breadcrumbs.schemas.@Nullable RunError error(@Nullable RunError error) {
        return error == null
                ? null
                : new io.breadcrumbs.schemas.RunError(error.kind(), error.code(), error.message(), error.retryable());
    }
}
