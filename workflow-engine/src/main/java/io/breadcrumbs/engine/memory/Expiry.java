package io.breadcrumbs.engine.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Something to be done about a run that is over.
 *
 * @param due in milliseconds since 1970
 * @param buried what is left of a deleted run goes; otherwise the run is to be deleted
 */
public record Expiry(String runId, long due, boolean buried) {

    /** The key of its row. */
    byte[] key() {
        byte[] run = runId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + run.length)
                .put(Keys.EXPIRY)
                .putLong(due)
                .put(run)
                .array();
    }

    byte[] bytes() {
        return new byte[] {buried ? Keys.BURIED : Keys.OVER};
    }

    static Expiry read(byte[] key, byte[] bytes) {
        int run = 1 + Long.BYTES;
        return new Expiry(
                new String(key, run, key.length - run, StandardCharsets.UTF_8),
                ByteBuffer.wrap(key).getLong(1),
                bytes[0] == Keys.BURIED);
    }
}
