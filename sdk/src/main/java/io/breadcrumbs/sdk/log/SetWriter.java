package io.breadcrumbs.sdk.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Appends sets of records under a name: all records of a set can be read, or none of them. A name has one writer at a
 * time. No method waits; one set at a time is under way.
 */
public interface SetWriter extends AutoCloseable {

    /**
     * Takes the name: whoever had it writes nothing any more. Completes when it is certain which of the sets of all
     * former writers can be read, and fails if that cannot be had now. To be called first, and again after any set that
     * was not written.
     */
    CompletableFuture<Void> open();

    /** Appends a set. The future does not fail. */
    CompletableFuture<Written> write(List<LogRecord> records);

    @Override
    void close();

    /** How the writing of a set ended. */
    sealed interface Written {

        /** All of it is durable and can be read, at these positions. */
        record Whole(List<Position> positions) implements Written {
            public Whole {
                positions = List.copyOf(positions);
            }
        }

        /** Somebody else has taken the name: nothing of it can be read. */
        record Fenced(String detail) implements Written {}

        /** It failed: whether it can be read is certain only when the name has been taken again. */
        record Unknown(String detail) implements Written {}
    }
}
