package io.breadcrumbs.engine.memory;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run without reading its batches.
 *
 * @param next the number that its next event gets
 * @param due when its first timer may be due, in milliseconds since 1970; 0: it has none
 */
public record Head(long next, long due, boolean over) {

    /** Of a run that nobody knows. */
    static final Head NONE = new Head(0, 0, false);

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(next).putLong(due).array();
    }

    static Head read(byte[] bytes, boolean over) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        return new Head(from.getLong(), from.getLong(), over);
    }

    static @Nullable Head readOrNull(byte @Nullable [] bytes, boolean over) {
        return bytes == null ? null : read(bytes, over);
    }
}
