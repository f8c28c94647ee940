package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.log.Appended;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Log;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.SetWriter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A log that does not know one topic yet, as at the start of a process, or where a pool is new. */
record WithoutTopic(Log log, String topic, BooleanSupplier known) implements Log {

    @Override
    public int partitions(String asked) {
        return asked.equals(topic) && !known.getAsBoolean() ? 0 : log.partitions(asked);
    }

    @Override
    public void append(LogRecord record, Consumer<Appended> then) {
        log.append(record, then);
    }

    @Override
    public CompletableFuture<Long> end(Partition partition) {
        return log.end(partition);
    }

    @Override
    public CompletableFuture<Long> start(Partition partition) {
        return log.start(partition);
    }

    @Override
    public CompletableFuture<Integer> members(String group) {
        return log.members(group);
    }

    @Override
    public GroupReader join(String group, Set<String> topics, GroupMember member) {
        return log.join(group, topics, member);
    }

    @Override
    public PartitionReader reader() {
        return log.reader();
    }

    @Override
    public SetWriter writer(String name) {
        return log.writer(name);
    }

    @Override
    public void close() {
        log.close();
    }
}
