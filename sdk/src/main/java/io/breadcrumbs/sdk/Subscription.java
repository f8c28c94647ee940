package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Partition;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A running subscription. */
public interface Subscription extends AutoCloseable {

    /** Completes when its topics are known, and publishers of this instance can reach them. */
    CompletableFuture<Void> ready();

    /** The partitions that this instance has, and that its publishers reach on the eager lane. */
    Set<Partition> owned();

    /** How many records of its partitions stand in the log and have not been taken, as of a moment ago. */
    long queued();

    /** There is room again: what was refused may be offered at once. */
    void resume();

    /** Gives up its partitions: waits for what runs up to a bound, commits, leaves the group. Blocks. */
    @Override
    void close();
}
