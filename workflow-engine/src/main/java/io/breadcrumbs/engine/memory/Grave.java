package io.breadcrumbs.engine.memory;

import io.breadcrumbs.sdk.journal.BatchKey;
import java.nio.ByteBuffer;

/**
 * A run that is deleted. It is dead at once, and its batches go by and by: the journal loses them, the oldest first,
 * and then the rows do. The batch that deletes it stays for a while: as long as its start may stand in the log, nobody
 * who reads that from the beginning may start it again.
 *
 * @param due when that is over, in milliseconds since 1970
 * @param mark the batch that deletes it
 * @param last the batch before, which goes when all others have gone; the mark itself if there is none
 */
record Grave(long due, BatchKey mark, BatchKey last) {

    byte[] bytes() {
        return ByteBuffer.allocate(6 * Long.BYTES)
                .putLong(mark.sequence() + 1) // it begins as a head does
                .putLong(due)
                .putLong(mark.epoch())
                .putLong(mark.sequence())
                .putLong(last.epoch())
                .putLong(last.sequence())
                .array();
    }

    static Grave read(String runId, byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes, Long.BYTES, 5 * Long.BYTES);
        long due = from.getLong();
        BatchKey mark = new BatchKey(runId, from.getLong(), from.getLong(), true);
        long epoch = from.getLong();
        long sequence = from.getLong();
        return new Grave(due, mark, sequence == mark.sequence() ? mark : new BatchKey(runId, epoch, sequence, false));
    }
}
