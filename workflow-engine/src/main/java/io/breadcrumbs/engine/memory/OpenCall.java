package io.breadcrumbs.engine.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A request that no run has made and that nobody has answered.
 *
 * @param deadline in milliseconds since 1970
 * @param topic where it stands, in the partition of its memory
 */
public record OpenCall(String requestId, long deadline, String topic, long offset) {

    /** The key of its row: that of the next deadline is the first. */
    byte[] key() {
        byte[] id = requestId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + id.length)
                .put(Keys.CALL)
                .putLong(deadline)
                .put(id)
                .array();
    }

    byte[] bytes() {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(offset)
                .put(name)
                .array();
    }

    static OpenCall read(byte[] key, byte[] bytes) {
        int id = 1 + Long.BYTES;
        return new OpenCall(
                new String(key, id, key.length - id, StandardCharsets.UTF_8),
                ByteBuffer.wrap(key).getLong(1),
                new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8),
                ByteBuffer.wrap(bytes).getLong());
    }
}
