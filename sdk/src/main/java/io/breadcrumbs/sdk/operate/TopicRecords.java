package io.breadcrumbs.sdk.operate;

import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads the records of a topic from chosen offsets on, whatever they are. One thread at a time. */
public final class TopicRecords implements AutoCloseable {

    private final String topic;
    private final PartitionReader reader;
    private final Wire wire;

    /** @param from the first offset of each partition that is read */
    public TopicRecords(Brokers brokers, String topic, Map<Integer, Long> from) {
        this.topic = topic;
        wire = brokers.wire();
        reader = brokers.reader();
        from.forEach((partition, offset) -> reader.add(new Partition(topic, partition), offset));
    }

    /** The next ones, each partition's in their order; waits for them up to {@code atMost}. */
    public List<Fetched> poll(Duration atMost) {
        return reader.poll(atMost);
    }

    /** Whether all before these offsets has been polled. */
    public boolean reached(Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> reader.position(new Partition(topic, end.getKey())) >= end.getValue());
    }

    /**
     * What a record says.
     *
     * @throws io.breadcrumbs.schemas.wire.RegistryException if the registry does not say how to read it
     */
    public SeenRecord seen(Fetched fetched) {
        byte[] bytes = fetched.record().value();
        if (bytes == null) {
            return SeenRecord.of(fetched, RecordJson.of(null), null);
        }
        try {
            wire.learn(bytes);
            return SeenRecord.of(fetched, RecordJson.of(wire.decodeGeneric(bytes)), null);
        } catch (UndecodableException e) {
            return unread(fetched, String.valueOf(e.getMessage()));
        }
    }

    /** A record without what it says. */
    public static SeenRecord unread(Fetched fetched, String why) {
        return SeenRecord.of(fetched, RecordJson.of(null), why);
    }

    @Override
    public void close() {
        reader.close();
    }
}
