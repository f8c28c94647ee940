package io.breadcrumbs.local.deadletters;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Ends dead letters: deletes them, or publishes their records again first. One thread. */
public final class Disposal implements AutoCloseable {

    /** A record with the origin and number of the first one would be taken for a copy of it. */
    private static final Set<String> NOT_AGAIN = Set.of("origin", "seq");

    private static final int METADATA_MS = 10_000;
    private static final int REQUEST_MS = 10_000;
    private static final int DELIVERY_MS = 20_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final DeadLetters letters;
    private final KafkaProducer<byte[], byte[]> producer;

    /** The letters are read by the same thread, and not closed. */
    public Disposal(DeadLetters letters, String bootstrapServers) {
        this.letters = letters;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "max.block.ms",
                        METADATA_MS,
                        "request.timeout.ms",
                        REQUEST_MS,
                        "delivery.timeout.ms",
                        DELIVERY_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Puts the record where it stood first, with the same key and bytes, and deletes the letter when that is durable.
     */
    public Retried retry(Letter letter) throws InterruptedException {
        Optional<DeadLetter> opened = letters.open(letter);
        if (opened.isEmpty()) {
            return new Retried.Kept(letter.id(), "somebody has just ended it");
        }
        DeadLetter whole = opened.get();
        ByteBuffer value = whole.getValue();
        if (value == null) {
            return new Retried.Kept(
                    letter.id(),
                    "its bytes were left out; they stand at " + place(whole) + " as long as that topic keeps them");
        }
        String position;
        try {
            RecordMetadata there = send(again(whole, value));
            position = there.topic() + "-" + there.partition() + "@" + there.offset();
        } catch (KafkaException e) {
            return new Retried.Kept(letter.id(), "its record was not acknowledged: " + e.getMessage());
        }
        try {
            delete(letter);
        } catch (KafkaException e) {
            return new Retried.Kept(
                    letter.id(),
                    "its record is published as " + position + ", only the letter stays: " + e.getMessage());
        }
        return new Retried.Again(letter.id(), position);
    }

    /**
     * Deletes a letter: readers forget it at once, the broker when it compacts.
     *
     * @throws KafkaException if that was not acknowledged
     */
    public void delete(Letter letter) throws InterruptedException {
        send(new ProducerRecord<>(
                letter.partition().topic(),
                letter.partition().partition(),
                letter.id().getBytes(StandardCharsets.UTF_8),
                null));
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }

    private static ProducerRecord<byte[], byte[]> again(DeadLetter letter, ByteBuffer value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                letter.getTopic(), letter.getPartition(), bytes(letter.getKey()), DeadLetters.bytes(value));
        List<Header> headers = letter.getHeaders();
        for (Header header : headers) {
            if (!NOT_AGAIN.contains(header.getName())) {
                record.headers().add(header.getName(), bytes(header.getValue()));
            }
        }
        return record;
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            return producer.send(record).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : DeadLetters.bytes(buffer);
    }

    private static String place(DeadLetter letter) {
        return letter.getTopic() + "-" + letter.getPartition() + "@" + letter.getOffset();
    }
}
