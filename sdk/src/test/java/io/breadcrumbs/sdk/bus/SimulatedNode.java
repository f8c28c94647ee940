package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.ToolStarted;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.trace.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One process of the simulation: it publishes work, handles work of the group, and tails everything. */
final class SimulatedNode implements Receiver<DeadLetter>, TailReader<DeadLetter> {

    private static final int OPEN_AT_MOST = 40;
    private static final int ROOM = 3;
    private static final int QUEUE_BYTES = 4 << 20;

    private final Simulation simulation;
    private final String name;
    private final Wire wire;
    private int life;
    private MemoryProcess process;
    private MemoryBus bus;
    private int busy;
    /** Work that was refused on the eager lane and has not come by the log yet, by partition: at which moment. */
    private final Map<Partition, Map<String, Long>> refused = new HashMap<>();

    private final Map<String, Long> publishedAt = new HashMap<>();
    private final Map<Partition, Long> tailed = new HashMap<>();
    private final Map<Partition, Set<String>> answeredBefore = new HashMap<>();
    private final Set<String> handlingNow = new HashSet<>();
    /** Work that this process took, by partition; when it was done, or MAX_VALUE while it is not. */
    private final Map<Partition, Map<String, Long>> taken = new HashMap<>();

    SimulatedNode(Simulation simulation, String name, Wire wire) {
        this.simulation = simulation;
        this.name = name;
        this.wire = wire;
        this.process = simulation.cluster.process(name);
        this.bus = start();
    }

    MemoryProcess process() {
        return process;
    }

    boolean up() {
        return process.running();
    }

    void kill() {
        process.kill();
        excuseAll();
    }

    void pause() {
        process.pause();
        excuseAll();
    }

    private void excuseAll() {
        List.copyOf(taken.keySet()).forEach(partition -> excuse(partition, Simulation.COMMIT_LAG_MICROS));
    }

    /** What this process had of a partition and had not done, or not committed, may be repeated by others. */
    private void excuse(Partition partition, long lagMicros) {
        long since = simulation.scheduler.nowMicros() - lagMicros;
        taken.getOrDefault(partition, Map.of()).forEach((work, doneAt) -> {
            if (doneAt >= since || !simulation.isAcknowledged(work)) { // without acknowledgement it has no place
                simulation.excuse(work);
            }
        });
        taken.remove(partition);
    }

    /** A new process in this place. */
    MemoryBus start() {
        life++;
        busy = 0;
        refused.clear();
        tailed.clear();
        taken.clear();
        process = simulation.cluster.process(name + "." + life);
        Limits limits = new Limits(QUEUE_BYTES, OPEN_AT_MOST, 1_000_000, 512 << 10, Duration.ofMillis(10));
        LaneBus lanes = new LaneBus(
                MemoryBus.parts(process, wire, simulation.scheduler, limits),
                () -> new Readiness(List.of()),
                Spans.OFF,
                simulation.mechanism);
        bus = MemoryBus.over(lanes, process, wire);
        bus.subscribe(
                Group.of(Simulation.GROUP, Simulation.WORK)
                        .answeredBy(new Answers<>(
                                Catalogue.TOOL_STARTED, DeadLetter::getMessage, ToolStarted::getRequestId)),
                this);
        boolean fromBeginning = simulation.scheduler.chance(0.5);
        Map<Integer, Long> offsets = new HashMap<>();
        for (int p = 0; p < Simulation.PARTITIONS; p++) {
            offsets.put(p, fromBeginning ? 0 : TailFrom.END);
        }
        bus.tail(new TailFrom<>(Simulation.WORK, offsets), this);
        return bus;
    }

    void publishWork(String work) {
        publishedAt.put(work, simulation.scheduler.ran());
        bus.publish(Draft.of(Simulation.WORK, work, record(work))).whenComplete((_, failure) -> {
            if (failure == null) {
                simulation.acknowledged(work);
            } else if (!simulation.inLog(work)) {
                refused.values().forEach(before -> before.remove(work)); // it will never come by
            }
        });
    }

    private static DeadLetter record(String work) {
        Fetched none = new Fetched(
                new LogRecord(new Partition(work, 0), null, null, io.breadcrumbs.sdk.log.Headers.NONE), 0, 0);
        return DeadLetters.of(none, work, Instant.EPOCH, "simulation", 1_000);
    }

    // ------------------------------------------------------------------ receiver

    /** What a receiver with a fault throws. */
    static final class ReceiverFailure extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    @Override
    public boolean offer(Delivery<DeadLetter> delivery) {
        if (simulation.scheduler.chance(0.02)) {
            refusedEagerly(delivery);
            throw new ReceiverFailure();
        }
        String work = delivery.breadcrumb().key();
        Partition partition = delivery.breadcrumb().partition();
        Map<String, Long> before = refused.computeIfAbsent(partition, _ -> new HashMap<>());
        if (busy >= ROOM || simulation.scheduler.chance(0.1)) {
            refusedEagerly(delivery);
            return false;
        }
        before.remove(work);
        if (answeredBefore.getOrDefault(partition, Set.of()).contains(work)) {
            simulation.bad(process.name() + " is given " + work + ", which was answered before it had the partition");
        }
        if (delivery.lane() == Lane.EAGER) {
            checkNotOvertaking(work, before);
        }
        if (simulation.scheduler.chance(0.05)) {
            long micros = simulation.scheduler.random().nextInt(3_000);
            process.after(Duration.ofNanos(micros * 1000), () -> {
                before.put(work, simulation.scheduler.ran());
                delivery.giveBack();
            });
            return true;
        }
        busy++;
        taken.computeIfAbsent(partition, _ -> new HashMap<>()).put(work, Long.MAX_VALUE);
        handle(delivery);
        return true;
    }

    private void refusedEagerly(Delivery<DeadLetter> delivery) {
        if (delivery.lane() == Lane.EAGER) {
            refused.computeIfAbsent(delivery.breadcrumb().partition(), _ -> new HashMap<>())
                    .put(delivery.breadcrumb().key(), simulation.scheduler.ran());
        }
    }

    /** Nothing that was published after a refusal comes before what was refused. */
    private void checkNotOvertaking(String work, Map<String, Long> refusedBefore) {
        long published = publishedAt.getOrDefault(work, 0L);
        refusedBefore.forEach((other, at) -> {
            if (at < published) {
                simulation.bad(work + " overtakes " + other + ", which " + process.name() + " had refused before");
            }
        });
    }

    @Override
    public void attached(Partition partition) {
        answeredBefore.put(partition, simulation.answeredBefore(partition));
    }

    @Override
    public void detached(Partition partition) {
        refused.remove(partition);
        boolean inPeace =
                process.equals(simulation.cluster.group(Simulation.GROUP).owner(partition));
        excuse(partition, inPeace ? 0 : Simulation.COMMIT_LAG_MICROS);
    }

    private void handle(Delivery<DeadLetter> delivery) {
        String work = delivery.breadcrumb().key();
        String me = process.name();
        process.execute(() -> {
            simulation.handling(process, work, delivery.breadcrumb().partition());
            if (!handlingNow.add(me + work) && !simulation.isExcused(work)) {
                simulation.bad(work + " is handled twice at once by " + me);
            }
            long micros = simulation.scheduler.random().nextInt(8_000);
            process.after(Duration.ofNanos(micros * 1000), () -> {
                handlingNow.remove(me + work);
                busy--;
                answer(delivery);
            });
        });
    }

    private void answer(Delivery<DeadLetter> delivery) {
        String work = delivery.breadcrumb().key();
        ToolStarted answer =
                new ToolStarted(Records.meta(Catalogue.TOOL_STARTED, work, Instant.EPOCH, name), work, "answer", name);
        if (simulation.doneEarly) {
            delivery.done();
        }
        delivery.doneWhen(
                bus.publish(Draft.of(Catalogue.TOOL_STARTED, work, answer)).whenComplete((_, failure) -> {
                    Map<String, Long> mine = taken.get(delivery.breadcrumb().partition());
                    if (failure == null && mine != null) {
                        mine.put(work, simulation.scheduler.nowMicros());
                    }
                }),
                () -> process.after(Duration.ofMillis(1), () -> answer(delivery)));
    }

    // ------------------------------------------------------------------ tail

    @Override
    public void read(Breadcrumb<DeadLetter> breadcrumb, Position position, Lane lane) {
        Long before = tailed.put(position.partition(), position.offset());
        if (before != null && position.offset() != before + 1) {
            simulation.bad("a tail of " + process.name() + " reads " + position + " after offset " + before);
        }
        Fetched real = simulation.cluster.records(position.partition()).get((int) position.offset());
        if (real.record().headers().seq() != breadcrumb.headers().seq()
                || !breadcrumb
                        .headers()
                        .of(String.valueOf(real.record().headers().origin()))) {
            simulation.bad("a tail of " + process.name() + " reads another record at " + position);
        }
    }

    // ------------------------------------------------------------------ checks

    void checkBounds() {
        if (bus.inFlightBytes() > QUEUE_BYTES) {
            simulation.bad(process.name() + " has " + bus.inFlightBytes() + " bytes in flight");
        }
        if (bus.openRecords() > OPEN_AT_MOST * Simulation.PARTITIONS) {
            simulation.bad(process.name() + " has " + bus.openRecords() + " open records");
        }
    }

    void checkEnd() {
        if (busy != 0) {
            simulation.bad(process.name() + " is still busy with " + busy);
        }
        int open = bus.openRecords();
        if (open != 0) {
            simulation.bad(process.name() + " still has " + open + " open records");
        }
        tailed.forEach((partition, offset) -> {
            int end = simulation.cluster.records(partition).size();
            if (offset + 1 != end) {
                simulation.bad(
                        "a tail of " + process.name() + " ends at " + offset + " of " + end + " in " + partition);
            }
        });
    }
}
