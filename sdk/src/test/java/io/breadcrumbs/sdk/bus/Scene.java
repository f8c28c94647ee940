package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A memory cluster without faults, and processes on it. Time passes only when a test lets it. */
final class Scene {

    static final int PARTITIONS = 8;
    /** The requests for a pool of its own. */
    static final Topic<ToolRequest> GPU = Catalogue.toolRequest("gpu");

    private static final Wire WIRE = wire();

    final SeededScheduler scheduler = new SeededScheduler(1);
    final MemoryCluster cluster = new MemoryCluster(scheduler, PARTITIONS, Faults.NONE);

    /** A process and its bus, as users see it and as it is. */
    record Node(MemoryProcess process, MemoryBus bus, LaneBus lanes) {}

    private static Wire wire() {
        Wire wire = MemoryBus.wire();
        wire.prepare(GPU);
        return wire;
    }

    Node node(String name) {
        return node(name, Limits.DEFAULT);
    }

    Node node(String name, Limits limits) {
        MemoryProcess process = cluster.process(name);
        return node(process, MemoryBus.parts(process, WIRE, scheduler, limits));
    }

    /** A process that does not know a topic yet. */
    Node nodeWithout(Topic<?> topic) {
        return nodeWithout(topic, () -> false);
    }

    /** A process that does not know a topic until it is told of it. */
    Node nodeWithout(Topic<?> topic, BooleanSupplier known) {
        MemoryProcess process = cluster.process("without " + topic);
        Parts parts = MemoryBus.parts(process, WIRE, scheduler, Limits.DEFAULT);
        return node(
                process,
                new Parts(
                        parts.instance(),
                        new WithoutTopic(process, topic.name(), known),
                        parts.wire(),
                        parts.time(),
                        parts.hands(),
                        parts.loops(),
                        parts.random(),
                        parts.limits()));
    }

    private static Node node(MemoryProcess process, Parts parts) {
        LaneBus lanes = new LaneBus(parts, () -> new Readiness(List.of()));
        return new Node(process, MemoryBus.over(lanes, process, WIRE), lanes);
    }

    void passMs(long ms) {
        scheduler.run(ms * 1000);
    }

    /** All partitions of a topic, from their beginning. */
    static <V extends SpecificRecord> TailFrom<V> beginning(Topic<V> topic) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (int p = 0; p < PARTITIONS; p++) {
            offsets.put(p, TailFrom.BEGINNING);
        }
        return new TailFrom<>(topic, offsets);
    }

    /** What a topic has, partition after partition. */
    List<Fetched> log(Topic<?> topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(p -> cluster.records(new Partition(topic.name(), p)))
                .flatMap(List::stream)
                .toList();
    }

    static <V extends SpecificRecord> V decode(Topic<V> topic, Fetched fetched) {
        byte[] value = fetched.record().value();
        if (value == null) {
            throw new IllegalStateException(fetched.position() + " is a tombstone");
        }
        try {
            return WIRE.decode(topic, value);
        } catch (UndecodableException e) {
            throw new IllegalStateException(fetched.position().toString(), e);
        }
    }

    /** Appends a record as a client does that does not know the bus. */
    <V extends SpecificRecord> void append(Topic<V> topic, int partition, String key, V value) {
        append(topic, partition, key, WIRE.encode(topic, value));
    }

    /** Appends bytes that no bus would write. */
    void append(Topic<?> topic, int partition, String key, byte @Nullable [] value) {
        append(new LogRecord(
                new Partition(topic.name(), partition), key.getBytes(StandardCharsets.UTF_8), value, Headers.NONE));
    }

    void append(LogRecord record) {
        cluster.process("stranger").append(record, _ -> {});
        passMs(1);
    }
}
