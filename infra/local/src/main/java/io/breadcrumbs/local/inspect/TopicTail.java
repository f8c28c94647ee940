package io.breadcrumbs.local.inspect;

import io.breadcrumbs.schemas.wire.RegistryException;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads a topic without a group, so that nobody notices. One thread. */
public final class TopicTail implements AutoCloseable {

    private static final int CACHED_SCHEMAS = 1_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Wire wire;

    /** Reads nothing yet. */
    public TopicTail(String bootstrapServers, String registryUrl) {
        this.consumer = GrouplessConsumer.open(bootstrapServers);
        this.wire = Wire.over(new CachedSchemaRegistryClient(registryUrl, CACHED_SCHEMAS));
    }

    /** Names of the topics that there are. */
    public List<String> topics() {
        return consumer.listTopics().keySet().stream().sorted().toList();
    }

    /**
     * Hands records over until the receiver has had enough.
     *
     * @param fromBeginning or only what comes from now on
     * @param follow goes on beyond the end as it stands now
     */
    public void read(String topic, boolean fromBeginning, boolean follow, Predicate<SeenRecord> wantsMore) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            ends.forEach(consumer::seek);
        }
        while (follow || !reached(ends)) {
            for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(500))) {
                if (!wantsMore.test(seen(read))) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private SeenRecord seen(ConsumerRecord<byte[], byte[]> read) {
        Instant time = Instant.ofEpochMilli(read.timestamp());
        SeenRecord.Place place = new SeenRecord.Place(read.topic(), read.partition(), read.offset());
        byte[] bytes = read.value();
        String key = text(read.key());
        String origin = header(read, "origin");
        String seq = header(read, "seq");
        if (bytes == null) {
            return new SeenRecord(place, time, key, origin, seq, RecordJson.of(null), null);
        }
        try {
            wire.learn(bytes);
            return new SeenRecord(place, time, key, origin, seq, RecordJson.of(wire.decodeGeneric(bytes)), null);
        } catch (UndecodableException | RegistryException e) {
            return new SeenRecord(place, time, key, origin, seq, RecordJson.of(null), e.getMessage());
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> read, String name) {
        Header header = read.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
