package io.breadcrumbs.schemas.wire;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException.Reason;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The door between records and bytes.
 *
 * <p>All that may block is asked for by name: {@link #prepare} at start, {@link #learn} when {@link #knows} says no.
 * What a reading loop does between them never leaves the process. Thread-safe; records go through the coders that Avro
 * generates, buffers are pooled, and an encoded record allocates little more than its own array.
 */
public final class Wire {
    /** Ids that the registry did not know, remembered until they are decoded; beyond that many they are asked again. */
    private static final int MAX_REJECTED = 1_000;

    private final Registry registry;
    private final CoderPool pool = new CoderPool();
    private final Map<String, Integer> prepared = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
    private final Set<Integer> rejected = ConcurrentHashMap.newKeySet();

    private Wire(Registry registry) {
        this.registry = registry;
    }

    public static Wire over(SchemaRegistryClient client) {
        return new Wire(new Registry(client));
    }

    /**
     * Finds or registers the topic's schema and sees to it that the subject's compatibility is full and transitive.
     * Blocks; called at start, before the topic is written to. A second call does nothing new.
     *
     * @throws RegistryException if the registry does not answer, refuses, or has schemas that ours does not go with
     */
    public void prepare(Topic<?> topic) {
        int id = registry.register(topic);
        writers.put(id, topic.schema());
        prepared.put(topic.name(), id);
    }

    /**
     * The record in wire format. Never blocks.
     *
     * @throws IllegalStateException if the topic was not prepared
     * @throws IllegalArgumentException if a field is null that must not be
     */
    public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
        Integer id = prepared.get(topic.name());
        if (id == null) {
            throw new IllegalStateException("topic " + topic.name() + " was not prepared: call prepare at start");
        }
        Coder coder = pool.take();
        try {
            return coder.encode(id, (SpecificRecordBase) value);
        } catch (NullPointerException e) {
            throw new IllegalArgumentException(
                    "a record for " + topic.name() + " has no " + missing(value) + ": set it", e);
        } catch (IOException e) {
            throw new IllegalStateException("an array does not fail", e);
        } finally {
            pool.give(coder);
        }
    }

    /** Whether the bytes can be decoded, or found undecodable, without asking the registry. Never blocks. */
    public boolean knows(byte[] bytes) {
        if (!WireHeader.present(bytes)) {
            return true;
        }
        Integer id = WireHeader.schemaId(bytes);
        return writers.containsKey(id) || rejected.contains(id);
    }

    /**
     * Asks the registry for the schema that the bytes were written with; afterwards {@link #knows} is true of them.
     * Blocks.
     *
     * @throws RegistryException if the registry does not answer or refuses
     */
    public void learn(byte[] bytes) {
        if (knows(bytes)) {
            return;
        }
        int id = WireHeader.schemaId(bytes);
        Optional<Schema> schema = registry.schema(id);
        if (schema.isPresent()) {
            writers.put(id, schema.get());
            return;
        }
        if (rejected.size() >= MAX_REJECTED) {
            rejected.clear();
        }
        rejected.add(id);
    }

    /**
     * The record that the bytes hold, read with the topic's schema whatever version of it they were written with. Never
     * blocks.
     *
     * @throws UndecodableException if the bytes hold no record of the topic; the next decoding of an id that the
     *     registry did not know is to be preceded by {@link #learn} again
     */
    public <V extends SpecificRecord> V decode(Topic<V> topic, byte[] bytes) throws UndecodableException {
        Schema writer = writer(bytes);
        if (!writer.getFullName().equals(topic.schema().getFullName())) {
            throw new UndecodableException(
                    Reason.WRONG_TYPE,
                    "topic " + topic.name() + " carries " + topic.schema().getFullName() + ", came "
                            + writer.getFullName() + describe(bytes));
        }
        V value = topic.blank();
        Coder coder = pool.take();
        try {
            complete(coder.decode(bytes, writer, (SpecificRecordBase) value), bytes);
            return value;
        } catch (IOException | RuntimeException e) {
            throw undecodable(e, writer, topic.schema(), bytes);
        } finally {
            pool.give(coder);
        }
    }

    /** The record as its writer saw it, for those who look into topics. Never blocks. */
    public GenericRecord decodeGeneric(byte[] bytes) throws UndecodableException {
        Schema writer = writer(bytes);
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException(
                    Reason.WRONG_TYPE,
                    "a record was expected, came " + writer.getType().getName() + describe(bytes));
        }
        Coder coder = pool.take();
        try {
            Coder.Generic decoded = coder.decodeGeneric(bytes, writer);
            complete(decoded.remaining(), bytes);
            return decoded.value();
        } catch (IOException | RuntimeException e) {
            throw undecodable(e, writer, writer, bytes);
        } finally {
            pool.give(coder);
        }
    }

    private static String missing(IndexedRecord value) {
        for (Schema.Field field : value.getSchema().getFields()) {
            Object content = value.get(field.pos());
            if (content == null && !field.schema().isNullable()) {
                return field.name();
            }
            if (content instanceof IndexedRecord inner && !missing(inner).isEmpty()) {
                return field.name() + "." + missing(inner);
            }
        }
        return "";
    }

    private Schema writer(byte[] bytes) throws UndecodableException {
        if (!WireHeader.present(bytes)) {
            throw new UndecodableException(
                    Reason.NO_WIRE_FORMAT,
                    "a zero byte and a schema id were expected in front, came "
                            + (bytes.length < WireHeader.BYTES ? bytes.length + " bytes in all" : "byte " + bytes[0]));
        }
        Integer id = WireHeader.schemaId(bytes);
        Schema writer = writers.get(id);
        if (writer == null) {
            boolean asked = rejected.remove(id);
            throw new UndecodableException(
                    Reason.UNKNOWN_SCHEMA,
                    (asked ? "the registry has no Avro schema" : "nobody asked the registry yet for the schema")
                            + describe(bytes));
        }
        return writer;
    }

    private static void complete(int remaining, byte[] bytes) throws UndecodableException {
        if (remaining > 0) {
            throw new UndecodableException(
                    Reason.TRAILING_BYTES, remaining + " bytes are left behind the record" + describe(bytes));
        }
    }

    private static UndecodableException undecodable(Exception e, Schema writer, Schema reader, byte[] bytes) {
        Reason reason;
        if (e instanceof EOFException) {
            reason = Reason.TRUNCATED;
        } else if (checkReaderWriterCompatibility(reader, writer).getType() != COMPATIBLE) {
            reason = Reason.INCOMPATIBLE;
        } else {
            reason = Reason.MALFORMED;
        }
        return new UndecodableException(
                reason, writer.getFullName() + " cannot be read: " + e.getMessage() + describe(bytes), e);
    }

    private static String describe(byte[] bytes) {
        return " (schema id " + WireHeader.schemaId(bytes) + ", " + bytes.length + " bytes)";
    }
}
