package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a decision orders. The same decision gives the same messages, under the same ids, whoever makes
 * them again.
 *
 * @param instance that publishes them
 */
record Effects(Run run, String workspace, String instance, long epoch) {

    /** Whether an event orders a request that may run ahead of the journal. */
    static boolean ahead(Event event) {
        return event instanceof Event.Asked asked && asked.request().pure();
    }

    /** Whether an event orders a message that waits until its batch counts. */
    static boolean behind(Event event, Run run) {
        return switch (event) {
            case Event.Asked asked -> !asked.request().pure();
            case Event.Undoing _, Event.Called _, Event.Stopping _ -> true;
            case Event.Ended _ -> run.origin().parent() != null;
            case Event.Rejected rejected -> rejected.parent() != null;
            case Event.Deleted _ -> run.exists();
            default -> false;
        };
    }

    /** The request whose answer an event makes the run await; null if none. */
    static @Nullable String awaited(Event event) {
        return switch (event) {
            case Event.Asked asked -> asked.request().id();
            case Event.Undoing undoing -> undoing.request().id();
            case Event.Called called -> called.child().requestId();
            default -> null;
        };
    }

    /** The messages of one event. */
    List<Draft<?>> of(Entry entry, long sequence) {
        List<Draft<?>> drafts = new ArrayList<>(1);
        switch (entry.event()) {
            case Event.Asked asked -> drafts.add(request(entry, sequence, asked.request()));
            case Event.Undoing undoing -> drafts.add(request(entry, sequence, undoing.request()));
            case Event.Called called -> drafts.add(start(entry, called.child()));
            case Event.Stopping stopping -> stop(drafts, entry, sequence, stopping.error());
            case Event.Deleted _ -> {
                if (run.exists()) {
                    eachChild((place, task) -> deleteChild(drafts, entry, place, task));
                }
            }
            case Event.Ended ended -> {
                Event.Parent parent = run.origin().parent();
                if (parent != null) {
                    drafts.add(answer(entry, parent, ended));
                }
            }
            case Event.Rejected rejected -> {
                Event.Parent parent = rejected.parent();
                if (parent != null) {
                    drafts.add(answer(entry, parent, no(rejected)));
                }
            }
            default -> {}
        }
        return drafts;
    }

    private Draft<ToolRequest> request(Entry entry, long sequence, Event.Request request) {
        Entry.Destination to = destination(entry);
        Topic<ToolRequest> topic = Catalogue.toolRequest(request.pool());
        Event event = entry.event();
        Place at = event instanceof Event.Asked asked ? asked.at() : Place.of(((Event.Undoing) event).step());
        int attempt = event instanceof Event.Asked asked ? asked.attempt() : 1;
        String key = run.id() + "/" + at + (event instanceof Event.Undoing ? "/undo" : "");
        ToolRequest record = ToolRequest.newBuilder()
                .setMeta(Metas.of(topic, request.id(), workspace, instance, Instant.ofEpochMilli(entry.atMs())))
                .setRequestId(request.id())
                .setTool(request.tool())
                .setToolVersion(request.version())
                .setInput(request.input().toString())
                .setRequestedBy(run.origin().by())
                .setRunId(run.id())
                .setStepId(at.step())
                .setItemKey(at.whole() ? null : Integer.toString(at.item()))
                .setAttempt(attempt)
                .setEpoch(epoch)
                .setJournalSequence(sequence)
                .setAwaitKey(run.id())
                .setDeadlineMs(request.deadline())
                .setIdempotencyKey(key)
                .setPool(request.pool())
                .setSideEffects(
                        request.pure() ? SideEffects.NONE : request.once() ? SideEffects.ONCE : SideEffects.IDEMPOTENT)
                .build();
        return Draft.of(topic, request.id(), record).to(to.partition());
    }

    private Draft<WorkflowCommand> start(Entry entry, Event.Child child) {
        WorkflowCommand record = command(child.runId(), child.requestId() + "/start", entry)
                .setKind(WorkflowCommandKind.START)
                .setDrawn(true)
                .setName(child.name())
                .setDefinition(child.source())
                .setDefinitionRef(child.source() == null ? child.name() : null)
                .setPayload(child.input().toString())
                .setParentRunId(run.id())
                .setParentRequestId(child.requestId())
                .setDepth(run.origin().depth() + 1)
                .setDeadlineMs(child.deadline())
                .build();
        return Draft.of(Catalogue.WORKFLOW_COMMAND, child.runId(), record);
    }

    private void stop(List<Draft<?>> drafts, Entry entry, long sequence, RunError why) {
        String id = run.id() + "/" + sequence;
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, id, workspace, instance, Instant.ofEpochMilli(entry.atMs())))
                .setRunId(run.id())
                .setJournalSequence(sequence)
                .setReason(why.message())
                .build();
        drafts.add(Draft.of(Catalogue.TOOL_CANCEL, run.id(), cancel));
        eachChild((place, task) -> stopChild(drafts, entry, place, task));
    }

    /** Where the run has started others, or may start some. */
    private void eachChild(BiConsumer<Place, Task> each) {
        for (int i = 0; i < run.plan().size(); i++) {
            Step step = run.plan().step(i);
            if (step.work() instanceof Work.Child) {
                each.accept(Place.of(step.id()), run.task(Place.of(step.id())));
            } else if (step.work() instanceof Work.ForEach forEach && forEach.each() instanceof Work.Child) {
                int elements = run.step(step.id()).elements().size();
                for (int item = 0; item < elements; item++) {
                    Place place = new Place(step.id(), item);
                    each.accept(place, run.task(place));
                }
            }
        }
    }

    private void deleteChild(List<Draft<?>> drafts, Entry entry, Place place, Task task) {
        for (int attempt = 1; attempt <= task.attempt(); attempt++) {
            String childId = place.child(run.id(), attempt);
            WorkflowCommand record = command(childId, childId + "/delete", entry)
                    .setKind(WorkflowCommandKind.DELETE)
                    .setParentRunId(run.id())
                    .setReason("the run that started it is deleted")
                    .build();
            drafts.add(Draft.of(Catalogue.WORKFLOW_COMMAND, childId, record));
        }
    }

    private void stopChild(List<Draft<?>> drafts, Entry entry, Place place, Task task) {
        if (task.status() == StepStatus.CANCELLED && task.attempt() > 0) {
            String childId = place.child(run.id(), task.attempt());
            WorkflowCommand record = command(childId, childId + "/cancel", entry)
                    .setKind(WorkflowCommandKind.CANCEL)
                    .setParentRunId(run.id())
                    .setReason("the run that started it has ended")
                    .build();
            drafts.add(Draft.of(Catalogue.WORKFLOW_COMMAND, childId, record));
        }
    }

    private WorkflowCommand.Builder command(String runId, String id, Entry entry) {
        return WorkflowCommand.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.WORKFLOW_COMMAND, id, workspace, instance, Instant.ofEpochMilli(entry.atMs())))
                .setCommandId(id)
                .setRunId(runId)
                .setRequestedBy(run.origin().by());
    }

    /** What a step hears whose run has never begun. Its next attempt is a run of another id. */
    private static Event.Ended no(Event.Rejected why) {
        return new Event.Ended(
                RunStatus.FAILED, null, new RunError(RunError.VALIDATION, why.code(), why.message(), true));
    }

    private Draft<ToolResponse> answer(Entry entry, Event.Parent parent, Event.Ended ended) {
        String id = parent.requestId();
        String key = parent.runId() == null ? id : parent.runId(); // where who waits looks for it
        ToolResponse.Builder record = ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, id, workspace, instance, Instant.ofEpochMilli(entry.atMs())))
                .setRequestId(id)
                .setAwaitKey(key)
                .setRunId(parent.runId())
                .setStartedAtMs(run.startedAt())
                .setFinishedAtMs(entry.atMs())
                .setExecutionTimeMs(Math.max(0, entry.atMs() - run.startedAt()))
                .setRunner(instance);
        RunError error = ended.error();
        if (ended.status() == RunStatus.COMPLETED) {
            record.setStatus(ResponseStatus.SUCCESS)
                    .setOutput(ended.output() == null ? null : ended.output().toString());
        } else {
            record.setStatus(ResponseStatus.ERROR)
                    .setError(
                            error == null
                                    ? new ToolError("FAILED", ErrorKind.RUNTIME, "the run failed", false, null)
                                    : error(error));
        }
        return Draft.of(Catalogue.TOOL_RESPONSE, key, record.build());
    }

    private static ToolError error(RunError error) {
        String name = error.kind().toUpperCase(Locale.ROOT).replace('-', '_');
        ErrorKind kind = ErrorKind.RUNTIME;
        for (ErrorKind one : ErrorKind.values()) {
            kind = one.name().equals(name) ? one : kind;
        }
        return new ToolError(error.code(), kind, error.message(), error.retryable(), null);
    }

    private static Entry.Destination destination(Entry entry) {
        Entry.Destination to = entry.to();
        if (to == null) {
            throw new IllegalStateException("a request without a destination: " + entry.event());
        }
        return to;
    }

    /** The run and the request that wait for what a message leads to. */
    record Awaiting(String runId, String requestId) {}

    /** Who waits for what a message leads to; null if nobody does. */
    static @Nullable Awaiting awaiting(Draft<?> draft) {
        SpecificRecord record = draft.value();
        String runId = record instanceof ToolRequest request
                ? request.getRunId()
                : record instanceof WorkflowCommand command ? command.getParentRunId() : null;
        String requestId = record instanceof ToolRequest request
                ? request.getRequestId()
                : record instanceof WorkflowCommand command ? command.getParentRequestId() : null;
        return runId == null || requestId == null ? null : new Awaiting(runId, requestId);
    }
}
