package io.breadcrumbs.engine.memory;

import io.breadcrumbs.sdk.journal.Reign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Whose decisions count, and how far their effects are known to be acknowledged.
 *
 * @param version the highest of any owner's events
 * @param sent a journal offset; the truth may be further on
 */
record ReignRow(long epoch, String owner, int version, long sent) {

    static final ReignRow NONE = new ReignRow(Reign.NONE, "", 0, -1);

    byte[] bytes() {
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + name.length)
                .putLong(epoch)
                .putLong(sent)
                .putInt(version)
                .put(name)
                .array();
    }

    static ReignRow read(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        long epoch = from.getLong();
        long sent = from.getLong();
        int version = from.getInt();
        return new ReignRow(epoch, StandardCharsets.UTF_8.decode(from).toString(), version, sent);
    }
}
