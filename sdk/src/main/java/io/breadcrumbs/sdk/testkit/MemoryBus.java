package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Latest;
import io.breadcrumbs.sdk.Load;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.bus.LaneBus;
import io.breadcrumbs.sdk.bus.Limits;
import io.breadcrumbs.sdk.bus.Parts;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.trace.Spans;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The bus over a memory cluster. It behaves as any other, but throws an {@link AssertionError} if a record that was
 * published or handed over is not what the log gives of it, or if somebody changes it afterwards.
 */
public final class MemoryBus implements Bus {

    private final LaneBus bus;
    private final Watched watched;

    private MemoryBus(LaneBus bus, Watched watched) {
        this.bus = bus;
        this.watched = watched;
    }

    /** A codec with all topics of the catalogue prepared, over a registry in memory. */
    public static Wire wire() {
        Wire wire = Wire.over(new MockSchemaRegistryClient());
        Catalogue.topics().forEach(wire::prepare);
        return wire;
    }

    /** The parts of a bus that runs in a process of a simulation. */
    public static Parts parts(MemoryProcess process, Wire wire, SeededScheduler scheduler, Limits limits) {
        return new Parts(
                process.name(), process, wire, process, process::execute, process::drive, scheduler.random(), limits);
    }

    /** A bus in a process of a simulation. */
    public static MemoryBus in(MemoryProcess process, Wire wire, SeededScheduler scheduler) {
        LaneBus bus = new LaneBus(parts(process, wire, scheduler, Limits.DEFAULT), () -> new Readiness(List.of()));
        return over(bus, process, wire);
    }

    /** The same, with somebody who is told what happens. */
    public static MemoryBus in(MemoryProcess process, Wire wire, SeededScheduler scheduler, Spans spans) {
        Parts parts = parts(process, wire, scheduler, Limits.DEFAULT);
        return over(new LaneBus(parts, () -> new Readiness(List.of()), spans), process, wire);
    }

    /** A bus that was made of {@link #parts}, with an eye on its records. */
    public static MemoryBus over(LaneBus bus, MemoryProcess process, Wire wire) {
        return new MemoryBus(bus, new Watched(process.cluster().handedOver(), wire));
    }

    @Override
    public String instance() {
        return bus.instance();
    }

    @Override
    public Spans spans() {
        return bus.spans();
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        CompletableFuture<Position> published = bus.publish(draft);
        V value = draft.value();
        if (value != null && !published.isCompletedExceptionally()) {
            watched.note(draft.topic(), value);
        }
        return published;
    }

    @Override
    public int partition(Topic<?> topic, String key) {
        return bus.partition(topic, key);
    }

    @Override
    public <V extends SpecificRecord> Subscription subscribe(Group<V> group, Receiver<V> receiver) {
        return bus.subscribe(group, watched.receiver(receiver));
    }

    @Override
    public <V extends SpecificRecord> Tail tail(TailFrom<V> from, TailReader<V> reader) {
        return bus.tail(from, watched.reader(reader));
    }

    @Override
    public <V extends SpecificRecord> Runnable watch(
            Topic<V> topic, BiConsumer<Breadcrumb<V>, CompletableFuture<Position>> watcher) {
        return bus.watch(topic, watcher);
    }

    @Override
    public int near(Topic<ToolRequest> topic, String requestId) {
        return bus.near(topic, requestId);
    }

    @Override
    public Call request(Ask ask) {
        return bus.request(ask);
    }

    @Override
    public Call await(String requestId, Duration atMost) {
        return bus.await(requestId, atMost);
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> ends(Topic<?> topic) {
        return bus.ends(topic);
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> starts(Topic<?> topic) {
        return bus.starts(topic);
    }

    @Override
    public CompletableFuture<Map<String, Integer>> members(Set<String> groups) {
        return bus.members(groups);
    }

    @Override
    public Writer writer(String name) {
        return bus.writer(name);
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
            Topic<V> topic, List<Position> positions) {
        return bus.find(topic, positions);
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Latest<V>> latest(Topic<V> topic, int partition) {
        return bus.latest(topic, partition);
    }

    @Override
    public Readiness readiness() {
        return bus.readiness();
    }

    @Override
    public Load load() {
        return bus.load();
    }

    /** How many records of its groups are open. */
    public int openRecords() {
        return bus.openRecords();
    }

    /** How many bytes wait for their acknowledgement. */
    public long inFlightBytes() {
        return bus.inFlightBytes();
    }

    @Override
    public void close() {
        bus.close();
    }
}
