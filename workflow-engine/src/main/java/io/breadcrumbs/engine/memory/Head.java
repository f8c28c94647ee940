package io.breadcrumbs.engine.memory;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run without reading its batches.
 *
 * @param next the number that its next event gets
 * @param due in milliseconds since 1970, or 0: when the first timer of an open run may be due; when one that is over is
 *     to be deleted; when what is left of a deleted one goes
 */
public record Head(long next, long due, State state) {

    /** What a run is, as far as its rows are concerned. */
    public enum State {
        OPEN(Keys.OPEN),
        OVER(Keys.OVER),
        /** Its batches are there, and about to go. */
        DELETED(Keys.DELETED);

        final byte key;

        State(byte key) {
            this.key = key;
        }
    }

    /** Of a run that nobody knows. */
    static final Head NONE = new Head(0, 0, State.OPEN);

    public boolean over() {
        return state != State.OPEN;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(next).putLong(due).array();
    }

    static Head read(byte[] bytes, State state) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        return new Head(from.getLong(), from.getLong(), state);
    }

    static @Nullable Head readOrNull(byte @Nullable [] bytes, State state) {
        return bytes == null ? null : read(bytes, state);
    }
}
