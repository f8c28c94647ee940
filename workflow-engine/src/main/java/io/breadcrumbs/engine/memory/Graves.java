package io.breadcrumbs.engine.memory;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.journal.BatchKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of runs that are deleted, and the times at which something is to be done about runs that are over. */
final class Graves {

    private final Rows rows;

    Graves(Rows rows) {
        this.rows = rows;
    }

    /** A batch has deleted its run; {@code batches} are those before. */
    void dig(WorkflowEvent record, String runId, List<WorkflowEvent> batches) {
        BatchKey mark = new BatchKey(runId, record.getEpoch(), record.getSequence(), true);
        BatchKey last = batches.stream()
                .max(Comparator.comparingLong(WorkflowEvent::getSequence))
                .map(one -> new BatchKey(runId, one.getEpoch(), one.getSequence(), false))
                .orElse(mark);
        rows.put(Keys.of(Keys.DELETED, runId), new Grave(record.getDueMs(), mark, last).bytes());
    }

    /** The batch that deletes a run has come, and the others have gone before anybody here has read them. */
    void findBuried(WorkflowEvent record, String runId) {
        if (!has(runId)) {
            BatchKey mark = new BatchKey(runId, record.getEpoch(), record.getSequence(), true);
            bury(new Grave(record.getDueMs(), mark, mark));
        }
    }

    /**
     * A batch is gone from the journal.
     *
     * @return whether the run is buried now, or its grave is gone
     */
    boolean remove(BatchKey key) {
        Grave dug = find(Keys.DELETED, key.runId());
        if (dug != null && (key.equals(dug.last()) || key.equals(dug.mark()))) {
            bury(dug);
            dropRun(key.runId());
        }
        Grave buried = find(Keys.BURIED, key.runId());
        boolean gone = buried != null && key.equals(buried.mark());
        if (buried != null && gone) {
            dropRun(key.runId());
            rows.delete(Keys.of(Keys.BURIED, key.runId()));
            rows.delete(new Expiry(key.runId(), buried.due(), true).key());
        }
        return gone || (dug != null && buried != null);
    }

    /** The grave is there before the batches go: whoever reads meanwhile finds the one or the other. */
    private void bury(Grave grave) {
        String runId = grave.mark().runId();
        rows.put(Keys.of(Keys.BURIED, runId), grave.bytes());
        Expiry expiry = new Expiry(runId, grave.due(), true);
        rows.put(expiry.key(), expiry.bytes());
    }

    /** The log has lost the end of a run while it was read: what was read of it goes. */
    void forget(String runId, Head known) {
        Grave dug = find(Keys.DELETED, runId);
        if (dug != null) {
            bury(dug);
        }
        expect(runId, known, Head.NONE);
        dropRun(runId);
    }

    /** Drops all rows of a run but its grave and its inbox. */
    private void dropRun(String runId) {
        List<byte[]> batches = new ArrayList<>();
        rows.scan(Keys.of(Keys.BATCH, runId), (key, _) -> batches.add(key));
        batches.forEach(rows::delete);
        for (Head.State state : Head.State.values()) {
            rows.delete(Keys.of(state.key, runId));
        }
    }

    /** Whether a run is deleted. */
    boolean has(String runId) {
        return rows.get(Keys.of(Keys.BURIED, runId)) != null || rows.get(Keys.of(Keys.DELETED, runId)) != null;
    }

    @Nullable
    Grave find(byte what, String runId) {
        byte[] bytes = rows.get(Keys.of(what, runId));
        return bytes == null ? null : Grave.read(runId, bytes);
    }

    /** A run stands otherwise than before: what is to be done about it changes. */
    void expect(String runId, Head before, Head after) {
        if (before.state() == Head.State.OVER && before.due() != 0) {
            rows.delete(new Expiry(runId, before.due(), false).key());
        }
        if (after.state() == Head.State.OVER && after.due() != 0) {
            Expiry expiry = new Expiry(runId, after.due(), false);
            rows.put(expiry.key(), expiry.bytes());
        }
    }

    /** What is to be done first. */
    List<Expiry> first(int most) {
        List<Expiry> first = new ArrayList<>();
        rows.scanWhile(Keys.all(Keys.EXPIRY), (key, bytes) -> {
            first.add(Expiry.read(key, bytes));
            return first.size() < most;
        });
        return first;
    }
}
