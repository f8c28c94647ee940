package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.RunEventType;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of the journal. */
public final class Journal {

    /** The version of the event types; who finds a higher one in a takeover must not take over. */
    public static final int VERSION = 1;

    private Journal() {}

    /**
     * A decision about a run.
     *
     * @param workspace that the run belongs to
     * @param epoch the offset of the takeover under which it was decided
     * @param sequence the number of its first event in the run
     * @param inputId the command, answer or timer that it decides
     * @param sent the offset up to which all effects of the partition's journal are acknowledged; -1: of none
     * @param due when the first timer of the run may be due then; 0: it has none
     */
    public record Batch(
            String runId,
            String workspace,
            long epoch,
            long sequence,
            String inputId,
            long sent,
            long due,
            List<Entry> entries) {

        public Batch {
            entries = List.copyOf(entries);
        }

        /** The key under which it stands: no other batch that counts has the same. */
        public String key() {
            boolean last = !entries.isEmpty() && entries.getLast().event() instanceof Event.Deleted;
            return new BatchKey(runId, epoch, sequence, last).toString();
        }
    }

    /** The record of a batch. */
    public static WorkflowEvent record(Batch batch, String instance, Instant now) {
        return record(batch, instance, now, null);
    }

    /**
     * The same.
     *
     * @param trace the traceparent to which belongs what is decided later of its own accord; null: none
     */
    public static WorkflowEvent record(Batch batch, String instance, Instant now, @Nullable String trace) {
        List<RunEvent> events = new ArrayList<>(batch.entries().size());
        for (Entry entry : batch.entries()) {
            events.add(EventWriter.write(entry));
        }
        Meta meta = Metas.of(Catalogue.WORKFLOW_EVENT, batch.key(), batch.workspace(), instance, now);
        return WorkflowEvent.newBuilder()
                .setMeta(
                        trace == null
                                ? meta
                                : Meta.newBuilder(meta).setTrace(trace).build())
                .setKind(WorkflowEventKind.BATCH)
                .setRunId(batch.runId())
                .setEpoch(batch.epoch())
                .setSequence(batch.sequence())
                .setInstance(instance)
                .setInputId(batch.inputId())
                .setSentOffset(batch.sent())
                .setDueMs(batch.due())
                .setEvents(events)
                .build();
    }

    /** The record by which an instance takes over a partition; its offset is the epoch. */
    public static WorkflowEvent takeover(String id, String instance, Instant now) {
        return WorkflowEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.WORKFLOW_EVENT, id, Metas.DEFAULT_WORKSPACE, instance, now))
                .setKind(WorkflowEventKind.TAKEOVER)
                .setInstance(instance)
                .setEventVersion(VERSION)
                .build();
    }

    /** Whether a batch is the last one of its run, by which it is deleted. */
    public static boolean deletes(WorkflowEvent record) {
        List<RunEvent> events = record.getEvents();
        return !events.isEmpty() && events.getLast().getType() == RunEventType.DELETED;
    }

    /** The batch that a record is. */
    public static Batch batch(WorkflowEvent record) throws UnreadableEventException {
        String runId = record.getRunId();
        String inputId = record.getInputId();
        if (record.getKind() != WorkflowEventKind.BATCH || runId == null || inputId == null) {
            throw new UnreadableEventException(
                    "expected a batch of a run that names its input, got " + record.getKind() + " of " + runId);
        }
        List<Entry> entries = new ArrayList<>(record.getEvents().size());
        for (RunEvent event : record.getEvents()) {
            entries.add(EventReader.read(event));
        }
        return new Batch(
                runId,
                record.getMeta().getWorkspace(),
                record.getEpoch(),
                record.getSequence(),
                inputId,
                record.getSentOffset(),
                record.getDueMs(),
                entries);
    }
}
