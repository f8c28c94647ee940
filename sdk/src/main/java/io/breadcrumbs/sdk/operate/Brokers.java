package io.breadcrumbs.sdk.operate;

import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The brokers, asked about whatever stands in their topics. Any thread; every method is bounded in time, and throws a
 * {@link io.breadcrumbs.sdk.BusException} if it cannot.
 */
public interface Brokers extends AutoCloseable {

    /** One report a topic, in the order of their names; internal ones are left out. */
    List<TopicReport> reports();

    /** How many partitions each topic has, internal ones left out. */
    SortedMap<String, Integer> topics();

    /** Where each partition of a topic begins. */
    Map<Integer, Long> starts(String topic);

    /** Where each partition of a topic ends for those who read what is committed. */
    Map<Integer, Long> ends(String topic);

    /** Reads without a group, so that nobody notices, and only a little ahead; whoever asks for it closes it. */
    PartitionReader reader();

    /** Appends a record as it is; returns when it is durable. */
    Position append(LogRecord record);

    /** The codec of what stands there; it learns schemas as they come. */
    Wire wire();

    @Override
    void close();
}
