package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Rows;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.nio.ByteBuffer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A rule that is left out, to see that the simulation notices. */
enum Mutation {
    NONE,
    /** Inputs that no decision names are not kept. */
    NO_INBOX,
    /** What is decided is not recognised. */
    NO_DECIDED,
    /** A new owner takes it that all effects were sent. */
    ALL_SENT,
    /** Positions are stored, and rows are not. */
    POSITIONS_ONLY,
    /** Who has lost a task still writes rows of it. */
    NO_FENCE,
    /** A new owner does not know which deleted runs are to be removed from the journal. */
    NO_GRAVES,
    /** Of two starts of a run that wait, the second is kept. */
    LAST_START,
    /** Starts under ids that others have, too, are taken before they are in the log. */
    ALL_DRAWN,
    /** Requests that no run has made are not kept. */
    NO_CALLS,
    /** Tools with side effects run ahead of the journal. */
    ALL_AHEAD,
    /** Child runs are started before that is accepted. */
    CHILDREN_AHEAD,
    /** What a run has begun is cancelled before its stop is accepted. */
    CANCELS_AHEAD,
    /** Who waits for a run is answered before its end is accepted. */
    RESULTS_AHEAD;

    /** Whether something is sent as soon as it is decided, though it must wait until that is accepted. */
    boolean sendsAhead() {
        return this == CHILDREN_AHEAD || this == CANCELS_AHEAD || this == RESULTS_AHEAD;
    }

    /** Whether what this event orders is. */
    boolean isAhead(Event event) {
        return switch (event) {
            case Event.Called _ -> this == CHILDREN_AHEAD;
            case Event.Stopping _ -> this == CANCELS_AHEAD;
            case Event.Ended _ -> this == RESULTS_AHEAD;
            default -> false;
        };
    }

    /** The rows, as this mutation has them. */
    Rows of(Rows rows) {
        return switch (this) {
            case NO_INBOX, LAST_START, NO_DECIDED, ALL_SENT, NO_GRAVES, NO_CALLS -> new Mutated(this, rows);
            default -> rows;
        };
    }

    private record Mutated(Mutation mutation, Rows rows) implements Rows {

        @Override
        public byte @Nullable [] get(byte[] key) {
            byte[] row = rows.get(key);
            if ((mutation == NO_DECIDED && key[0] == 'b') || (mutation == LAST_START && key[0] == 'i')) {
                return null;
            }
            if (mutation == ALL_SENT && key[0] == 'r' && row != null) {
                return ByteBuffer.wrap(row.clone())
                        .putLong(Long.BYTES, Long.MAX_VALUE / 2)
                        .array();
            }
            return row;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            boolean lost = (mutation == NO_INBOX && key[0] == 'i') || (mutation == NO_CALLS && key[0] == 'c');
            if (!lost) {
                rows.put(key, value);
            }
        }

        @Override
        public void delete(byte[] key) {
            rows.delete(key);
        }

        @Override
        public void scanWhile(byte[] prefix, BiPredicate<byte[], byte[]> each) {
            if (mutation != NO_GRAVES || prefix[0] != 'd') {
                rows.scanWhile(prefix, each);
            }
        }
    }
}
