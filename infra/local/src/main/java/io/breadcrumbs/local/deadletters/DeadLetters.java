package io.breadcrumbs.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.inspect.GrouplessConsumer;
import io.breadcrumbs.local.inspect.RecordJson;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the topic of dead letters, without a group. One thread. */
public final class DeadLetters implements AutoCloseable {

    private static final String TOPIC = Catalogue.DEAD_LETTER.name();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CACHED_SCHEMAS = 1_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Wire wire;

    /** Reads nothing yet. */
    public DeadLetters(String bootstrapServers, String registryUrl) {
        this.consumer = GrouplessConsumer.open(bootstrapServers);
        this.wire = Wire.over(new CachedSchemaRegistryClient(registryUrl, CACHED_SCHEMAS));
    }

    /** All letters that nobody has ended, the oldest first. */
    public List<Letter> list() {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(TOPIC, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, Letter> byId = new HashMap<>();
        Waiting waiting = new Waiting();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> read : waiting.poll()) {
                String id = new String(read.key(), StandardCharsets.UTF_8);
                if (read.value() == null) {
                    byId.remove(id);
                } else {
                    byId.put(id, Letter.of(id, partition(read), read.offset(), decode(read)));
                }
            }
        }
        return byId.values().stream()
                .sorted(Comparator.comparingLong(
                                (Letter letter) -> letter.about().getFailedAtMs())
                        .thenComparing(Letter::id))
                .toList();
    }

    /** The letter with all that it holds; empty if it is not there any more. */
    public Optional<DeadLetter> open(Letter letter) {
        consumer.assign(Set.of(letter.partition()));
        consumer.seek(letter.partition(), letter.offset());
        Waiting waiting = new Waiting();
        while (consumer.position(letter.partition()) <= letter.offset()) {
            for (ConsumerRecord<byte[], byte[]> read : waiting.poll()) {
                if (read.offset() == letter.offset()) {
                    return Optional.of(decode(read));
                }
            }
        }
        return Optional.empty();
    }

    /** What bytes say that a bus has written, whatever their type; empty if they cannot be decoded. */
    public Optional<JsonNode> decoded(ByteBuffer value) {
        byte[] bytes = bytes(value);
        try {
            wire.learn(bytes);
            return Optional.of(RecordJson.of(wire.decodeGeneric(bytes)));
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** What cannot be read as a letter is shown as one about itself, so that it can be deleted. */
    private DeadLetter decode(ConsumerRecord<byte[], byte[]> read) {
        wire.learn(read.value());
        try {
            return wire.decode(Catalogue.DEAD_LETTER, read.value());
        } catch (UndecodableException e) {
            String id = new String(read.key(), StandardCharsets.UTF_8);
            return DeadLetter.newBuilder()
                    .setMeta(Meta.newBuilder().setId(id).setSchemaName(TOPIC).build())
                    .setTopic(TOPIC)
                    .setPartition(read.partition())
                    .setOffset(read.offset())
                    .setCode("NO_LETTER")
                    .setMessage(String.valueOf(e.getMessage()))
                    .setKey(ByteBuffer.wrap(read.key()))
                    .setValue(ByteBuffer.wrap(read.value()))
                    .setFailedAtMs(read.timestamp())
                    .build();
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> read) {
        return new TopicPartition(read.topic(), read.partition());
    }

    /** Polls as long as something comes now and then. */
    private final class Waiting {

        private long lastNanos = System.nanoTime();

        ConsumerRecords<byte[], byte[]> poll() {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > PATIENCE.toNanos()) {
                throw new KafkaException(TOPIC + " has more, and nothing of it came within " + PATIENCE.toSeconds()
                        + " s; see whether the broker answers");
            }
            return polled;
        }
    }
}
