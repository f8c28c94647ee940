package io.breadcrumbs.sdk;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running tail. */
public interface Tail extends AutoCloseable {

    /** Completes when the first offset of every partition is known: what is published after that is read. */
    CompletableFuture<Void> ready();

    /** Completes when all that stood in the partitions when the tail began has been read, and its reader has it. */
    CompletableFuture<Void> caughtUp();

    /**
     * Completes when all that stands in the partitions now has been read, and its reader has it. Asks the log where it
     * ends, and does not complete once the tail is closed.
     */
    CompletableFuture<Void> caughtUpNow();

    /** The offset of the next record of a partition that this tail hands over; -1 while it is not known. */
    long next(int partition);

    /** Since when the log has had more than the reader has read; empty if nothing is known of more. */
    Optional<Instant> behindSince();

    /** How many offsets of its partitions the log has and the reader has not read. Asks the log where it ends. */
    CompletableFuture<Long> lag();

    @Override
    void close();
}
