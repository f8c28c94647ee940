package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
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
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.log.SetWriter;
import io.breadcrumbs.sdk.trace.Spans;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The bus of one instance, over any log. It only wires: each part keeps its own rules. */
public final class LaneBus implements Bus {

    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Parts parts;
    private final Mechanism mechanism;
    private final Supplier<Readiness> readiness;
    private final Lanes lanes;
    private final Publisher publisher;
    private final Intake intake;
    private final Calls calls;
    private final PointReads reads;
    private final List<Membership> memberships = new CopyOnWriteArrayList<>();
    private final List<Runnable> running = new CopyOnWriteArrayList<>();
    private final List<Pulse> pulses = new CopyOnWriteArrayList<>();

    /**
     * The two parts on which the guarantees rest. A simulation puts broken ones in their place, to see that it fails.
     */
    record Mechanism(GroupLoop.Ledgers ledgers, TailLoop.Cursors cursors) {

        static final Mechanism SOUND = new Mechanism(
                new GroupLoop.Ledgers() {
                    @Override
                    public <V extends SpecificRecord> Ledger<V> make(
                            Partition partition,
                            io.breadcrumbs.sdk.log.@Nullable Commit commit,
                            int openAtMost,
                            Runnable changed) {
                        return new Ledger<>(partition, commit, openAtMost, changed);
                    }
                },
                new TailLoop.Cursors() {
                    @Override
                    public <V extends SpecificRecord> TailCursor<V> make(
                            Partition partition, TailReader<V> reader, Parts parts, Runnable room) {
                        return new TailCursor<>(partition, reader, parts.hands(), room);
                    }
                });
    }

    /** @param readiness asked whenever somebody asks this bus */
    public LaneBus(Parts parts, Supplier<Readiness> readiness) {
        this(parts, readiness, Spans.OFF);
    }

    /**
     * @param readiness asked whenever somebody asks this bus
     * @param spans told of what it sends
     */
    public LaneBus(Parts parts, Supplier<Readiness> readiness, Spans spans) {
        this(parts, readiness, spans, Mechanism.SOUND);
    }

    LaneBus(Parts parts, Supplier<Readiness> readiness, Spans spans, Mechanism mechanism) {
        this.parts = parts;
        this.readiness = readiness;
        this.mechanism = mechanism;
        lanes = new Lanes(parts);
        publisher = new Publisher(parts, lanes, spans);
        Graveyard graveyard = (fetched, reason) -> publisher.publish(Draft.of(
                Catalogue.DEAD_LETTER,
                fetched.position().toString(),
                DeadLetters.of(
                        fetched,
                        reason,
                        parts.time().now(),
                        parts.instance(),
                        parts.limits().bodyBytes())));
        intake = new Intake(parts, publisher.bodies(), graveyard);
        reads = new PointReads(parts, new Intake(parts, new Bodies(parts, publisher::publish), graveyard));
        calls = new Calls(parts, publisher, lanes, () -> start(Catalogue.TOOL_RESPONSE, callsReader()));
        lanes.witness((breadcrumb, _) -> calls().passing(breadcrumb));
    }

    private Calls calls() {
        return calls;
    }

    private TailReader<io.breadcrumbs.schemas.ToolResponse> callsReader() {
        return calls;
    }

    @Override
    public String instance() {
        return parts.instance();
    }

    @Override
    public Spans spans() {
        return publisher.spans();
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        return publisher.publish(draft);
    }

    @Override
    public int partition(Topic<?> topic, String key) {
        int count = parts.log().partitions(topic.name());
        return count == 0 ? -1 : Publisher.partition(key.getBytes(StandardCharsets.UTF_8), count);
    }

    @Override
    public <V extends SpecificRecord> Subscription subscribe(Group<V> group, Receiver<V> receiver) {
        Membership membership = new Membership(memberships::remove);
        memberships.add(membership);
        List<String> topics = group.topics().stream().map(Topic::name).toList();
        membership.begin(parts, Membership.known(parts, topics), () -> join(group, receiver));
        return membership;
    }

    private <V extends SpecificRecord> Membership.Joined join(Group<V> group, Receiver<V> receiver) {
        GroupLoop<V> loop = new GroupLoop<>(parts, group, receiver, mechanism.ledgers(), intake);
        lanes.add(loop);
        Runnable driven = watched("group " + group.name(), loop);
        return new Membership.Joined(loop, () -> {
            driven.run();
            lanes.remove(loop);
        });
    }

    @Override
    public <V extends SpecificRecord> Tail tail(TailFrom<V> from, TailReader<V> reader) {
        TailLoop<V> loop = new TailLoop<>(
                parts,
                new TailLoop.Source<>(from.topic(), parts.log().follower()),
                reader,
                mechanism.cursors(),
                intake);
        lanes.add(loop);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        Runnable stop = drive(loop);
        TailLoop.Running<V> tail = new TailLoop.Running<>(loop, ready, caughtUp, stop);
        begin(loop, from, tail);
        return tail;
    }

    /** Adds the partitions of a tail, as soon as it is known how many there are. */
    private <V extends SpecificRecord> void begin(TailLoop<V> loop, TailFrom<V> from, TailLoop.Running<V> tail) {
        Map<Integer, Long> offsets = new HashMap<>(from.offsets());
        Long others = from.others();
        if (others != null) {
            int count = parts.log().partitions(from.topic().name());
            if (count == 0) {
                parts.time().after(AGAIN, () -> begin(loop, from, tail));
                return;
            }
            IntStream.range(0, count).forEach(partition -> offsets.putIfAbsent(partition, others));
        }
        CompletableFuture.allOf(offsets.entrySet().stream()
                        .map(at -> loop.add(at.getKey(), at.getValue()))
                        .toArray(CompletableFuture[]::new))
                .thenRun(() -> tail.ready().complete(null));
        loop.caughtUp().thenRun(() -> tail.caughtUp().complete(null));
    }

    private <V extends SpecificRecord> TailLoop<V> start(Topic<V> topic, TailReader<V> reader) {
        TailLoop<V> loop = new TailLoop<>(
                parts.inPlace(),
                new TailLoop.Source<>(topic, parts.log().reader()),
                reader,
                mechanism.cursors(),
                intake);
        lanes.add(loop);
        drive(loop);
        return loop;
    }

    private Runnable drive(TailLoop<?> loop) {
        Runnable driven = watched("tail " + loop.topic(), loop);
        return once(() -> {
            lanes.remove(loop);
            driven.run();
        });
    }

    private Runnable watched(String name, Loop loop) {
        Pulse pulse = new Pulse(name, loop, parts.time());
        pulses.add(pulse);
        Runnable driven = parts.loops().drive(name, pulse);
        return () -> {
            pulses.remove(pulse);
            driven.run();
        };
    }

    private Runnable once(Runnable stop) {
        Runnable[] self = new Runnable[1];
        self[0] = () -> {
            if (running.remove(self[0])) {
                stop.run();
            }
        };
        running.add(self[0]);
        return self[0];
    }

    @Override
    public <V extends SpecificRecord> Runnable watch(
            Topic<V> topic, BiConsumer<Breadcrumb<V>, CompletableFuture<Position>> watcher) {
        return lanes.witness((breadcrumb, durable) -> {
            if (breadcrumb.topic().equals(topic)) {
                @SuppressWarnings("unchecked") // a topic has one record type
                Breadcrumb<V> seen = (Breadcrumb<V>) breadcrumb;
                watcher.accept(seen, durable);
            }
        });
    }

    @Override
    public int near(Topic<ToolRequest> topic, String requestId) {
        return calls.near(topic, requestId);
    }

    @Override
    public Call request(Ask ask) {
        return calls.request(ask);
    }

    @Override
    public Call await(String requestId, Duration atMost) {
        return calls.await(requestId, atMost);
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> ends(Topic<?> topic) {
        return offsets(topic, parts.log()::end);
    }

    @Override
    public CompletableFuture<Long> end(Topic<?> topic, int partition) {
        return parts.log().end(new Partition(topic.name(), partition));
    }

    @Override
    public CompletableFuture<Map<Integer, Long>> starts(Topic<?> topic) {
        return offsets(topic, parts.log()::start);
    }

    private CompletableFuture<Map<Integer, Long>> offsets(
            Topic<?> topic, Function<Partition, CompletableFuture<Long>> asked) {
        int count = parts.log().partitions(topic.name());
        if (count == 0) {
            return CompletableFuture.failedFuture(
                    new BusException(ErrorCode.AWAY, "topic " + topic + " is not known yet: readiness says why"));
        }
        Map<Integer, Long> offsets = new ConcurrentHashMap<>();
        return CompletableFuture.allOf(IntStream.range(0, count)
                        .mapToObj(number -> asked.apply(new Partition(topic.name(), number))
                                .thenAccept(offset -> offsets.put(number, offset)))
                        .toArray(CompletableFuture[]::new))
                .thenApply(_ -> Map.copyOf(offsets));
    }

    @Override
    public CompletableFuture<Map<String, Integer>> members(Set<String> groups) {
        Map<String, Integer> members = new ConcurrentHashMap<>();
        return CompletableFuture.allOf(groups.stream()
                        .map(group -> parts.log().members(group).thenAccept(count -> members.put(group, count)))
                        .toArray(CompletableFuture[]::new))
                .thenApply(_ -> Map.copyOf(members));
    }

    @Override
    public Writer writer(String name) {
        SetWriter log = parts.log().writer(name);
        return new NamedWriter(name, publisher, log);
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
            Topic<V> topic, List<Position> positions) {
        return reads.find(topic, positions);
    }

    @Override
    public <V extends SpecificRecord> CompletableFuture<Latest<V>> latest(Topic<V> topic, int partition) {
        return LatestRecords.of(topic, partition, reads, parts);
    }

    @Override
    public Readiness readiness() {
        List<String> missing = new ArrayList<>(readiness.get().missing());
        pulses.forEach(pulse -> pulse.fault().ifPresent(missing::add));
        return new Readiness(missing);
    }

    @Override
    public Load load() {
        return new Load(openRecords(), callsWaiting(), bodiesKept(), inFlightBytes());
    }

    /** How many records of its groups are open, for tests and metrics. */
    public int openRecords() {
        return lanes.groups().stream().mapToInt(GroupLoop::open).sum();
    }

    /** How many calls wait, for tests and metrics. */
    int callsWaiting() {
        return calls.waiting();
    }

    /** How many bodies are being read, or wait to be taken, for tests and metrics. */
    int bodiesKept() {
        return publisher.bodies().kept();
    }

    /** How many bytes wait for their acknowledgement, for tests and metrics. */
    public long inFlightBytes() {
        return publisher.inFlightBytes();
    }

    @Override
    public void close() {
        memberships.forEach(Membership::close);
        running.forEach(Runnable::run);
        publisher.close();
        calls.close();
        reads.close();
        parts.log().close();
    }
}
