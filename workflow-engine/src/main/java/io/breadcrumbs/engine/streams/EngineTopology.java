package io.breadcrumbs.engine.streams;

import io.breadcrumbs.engine.coordinator.Coordinators;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology of the engine: the journal, commands and answers of a partition, folded into one store, and letters
 * about what cannot be taken in.
 */
public final class EngineTopology {

    public static final String STORE = "memory";

    private static final String PROCESSOR = "fold";
    private static final Deserializer<byte[]> BYTES = new ByteArrayDeserializer();
    private static final Serializer<byte[]> SERIALIZED = new ByteArraySerializer();

    /** The requests of all pools, also of those that come later. */
    private static final Pattern REQUESTS =
            Pattern.compile(Pattern.quote(Catalogue.TOOL_REQUEST.name()) + "(\\.[a-z0-9-]+)?");

    /** Where a pool is new; an engine that learns to read requests does not go through those that are long over. */
    private static final AutoOffsetReset FROM = AutoOffsetReset.byDuration(Duration.ofHours(1));

    private EngineTopology() {}

    public static Topology of(Wire wire, Coordinators coordinators) {
        Topology topology = new Topology();
        source(topology, "journal", new JournalFirst(), Catalogue.WORKFLOW_EVENT);
        source(topology, "commands", new WallclockTimestampExtractor(), Catalogue.WORKFLOW_COMMAND);
        source(topology, "answers", new WallclockTimestampExtractor(), Catalogue.TOOL_RESPONSE);
        topology.addSource(FROM, "requests", new WallclockTimestampExtractor(), BYTES, BYTES, REQUESTS);
        topology.addProcessor(
                PROCESSOR, () -> new MemoryProcessor(wire, coordinators), "journal", "commands", "answers", "requests");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), MemoryProcessor.keys(), Serdes.ByteArray()),
                PROCESSOR);
        topology.addSink("letters", Catalogue.DEAD_LETTER.name(), SERIALIZED, SERIALIZED, PROCESSOR);
        return topology;
    }

    private static void source(Topology topology, String name, TimestampExtractor time, Topic<?> topic) {
        topology.addSource(AutoOffsetReset.earliest(), name, time, BYTES, BYTES, topic.name());
    }

    /**
     * Of what has come, what is decided is read before what is to be decided: an input that is decided needs no row.
     */
    private static final class JournalFirst implements TimestampExtractor {

        @Override
        public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
            return 0;
        }
    }
}
