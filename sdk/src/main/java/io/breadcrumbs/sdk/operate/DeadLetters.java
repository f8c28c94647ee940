package io.breadcrumbs.sdk.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.RegistryException;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the topic of dead letters. Any thread. */
public final class DeadLetters {

    /** How letters are listed: the oldest first. */
    public static final Comparator<Letter> ORDER = Comparator.comparingLong(
                    (Letter letter) -> letter.about().getFailedAtMs())
            .thenComparing(Letter::id);

    private static final String TOPIC = Catalogue.DEAD_LETTER.name();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Brokers brokers;
    private final Wire wire;

    public DeadLetters(Brokers brokers) {
        this.brokers = brokers;
        this.wire = brokers.wire();
    }

    /** All letters that nobody has ended, the oldest first. */
    public List<Letter> list() {
        Map<Integer, Long> ends = brokers.ends(TOPIC);
        Map<String, Letter> byId = new HashMap<>();
        try (TopicRecords records = new TopicRecords(brokers, TOPIC, brokers.starts(TOPIC))) {
            Waiting waiting = new Waiting();
            while (!records.reached(ends)) {
                for (Fetched read : waiting.watched(records.poll(POLL))) {
                    String id = id(read);
                    byte[] value = read.record().value();
                    if (value == null) {
                        byId.remove(id);
                    } else {
                        DeadLetter letter = decode(read, value);
                        byId.put(id, Letter.of(id, read.position(), workspace(letter), letter));
                    }
                }
            }
        }
        return byId.values().stream().sorted(ORDER).toList();
    }

    /** The letter with all that it holds; empty if it is not there any more. */
    public Optional<DeadLetter> open(Letter letter) {
        Position place = letter.place();
        try (PartitionReader reader = brokers.reader()) {
            reader.add(place.partition(), place.offset());
            Waiting waiting = new Waiting();
            while (reader.position(place.partition()) <= place.offset()) {
                for (Fetched read : waiting.watched(reader.poll(POLL))) {
                    byte[] value = read.record().value();
                    if (value != null && read.position().equals(place)) {
                        return Optional.of(decode(read, value));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What bytes say that a bus has written, whatever their type; empty if they cannot be decoded. */
    public Optional<JsonNode> decoded(ByteBuffer value) {
        byte[] bytes = bytes(value);
        try {
            learn(bytes);
            return Optional.of(RecordJson.of(wire.decodeGeneric(bytes)));
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }

    /** That of the record; a letter without one is of the workspace that it names itself. */
    private String workspace(DeadLetter letter) {
        ByteBuffer value = letter.getValue();
        return value == null
                ? letter.getMeta().getWorkspace()
                : decoded(value).map(SeenRecord::workspace).orElse(Metas.DEFAULT_WORKSPACE);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String id(Fetched read) {
        byte[] key = read.record().key();
        return key == null ? read.position().toString() : new String(key, StandardCharsets.UTF_8);
    }

    private void learn(byte[] bytes) {
        try {
            wire.learn(bytes);
        } catch (RegistryException e) {
            throw new BusException(ErrorCode.AWAY, String.valueOf(e.getMessage()), e);
        }
    }

    /** What cannot be read as a letter is shown as one about itself, so that it can be deleted. */
    private DeadLetter decode(Fetched read, byte[] value) {
        learn(value);
        try {
            return wire.decode(Catalogue.DEAD_LETTER, value);
        } catch (UndecodableException e) {
            String id = id(read);
            return DeadLetter.newBuilder()
                    .setMeta(Meta.newBuilder().setId(id).setSchemaName(TOPIC).build())
                    .setTopic(TOPIC)
                    .setPartition(read.partition().number())
                    .setOffset(read.offset())
                    .setCode("NO_LETTER")
                    .setMessage(String.valueOf(e.getMessage()))
                    .setKey(ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)))
                    .setValue(ByteBuffer.wrap(value))
                    .setFailedAtMs(read.timestampMs())
                    .build();
        }
    }

    /** Goes on as long as something comes now and then. */
    private static final class Waiting {

        private long lastNanos = System.nanoTime();

        List<Fetched> watched(List<Fetched> polled) {
            long now = System.nanoTime();
            if (!polled.isEmpty()) {
                lastNanos = now;
            } else if (now - lastNanos > PATIENCE.toNanos()) {
                throw new BusException(
                        ErrorCode.AWAY,
                        TOPIC + " has more, and nothing of it came within " + PATIENCE.toSeconds()
                                + " s; see whether the broker answers");
            }
            return polled;
        }
    }
}
