package io.breadcrumbs.sdk.log;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The log: every record of the platform, in topics and partitions. Thread-safe; no method waits for the network. */
public interface Log extends AutoCloseable {

    /** How many partitions a topic has; 0 while that is not known. */
    int partitions(String topic);

    /**
     * Appends a record. {@code then} is called exactly once, at once or later, from any thread; it must not block.
     * Records of one caller to one partition keep their order.
     */
    void append(LogRecord record, Consumer<Appended> then);

    /** The offset that the next record of the partition will get, asked anew. Completed from any thread. */
    CompletableFuture<Long> end(Partition partition);

    /** The offset of the oldest record that the partition still has, asked anew. Completed from any thread. */
    CompletableFuture<Long> start(Partition partition);

    /** How many members a group has; 0 if there is no such group. Asked anew, completed from any thread. */
    CompletableFuture<Integer> members(String group);

    /** Joins a group that reads these topics. */
    GroupReader join(String group, Set<String> topics, GroupMember member);

    /** Reads without a group. */
    PartitionReader reader();

    /** Reads without a group, and seldom asks while nothing comes: partitions that are added later wait for that. */
    default PartitionReader follower() {
        return reader();
    }

    /** Writes sets of records under a name. */
    SetWriter writer(String name);

    @Override
    void close();
}
