package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.OpenCall;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.bus.Loop;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Streams does for an engine, in a simulation: tasks are given to the members of a group, rows and positions
 * are stored together or not at all, and who has lost its task cannot store anything.
 */
final class SimulatedStreams implements GroupMember, Loop {

    static final String GROUP = "workflow-engine";

    private static final long COMMIT_MICROS = 8_000;
    private static final List<Topic<?>> TOPICS = List.of(
            Catalogue.WORKFLOW_EVENT,
            Catalogue.WORKFLOW_COMMAND,
            Catalogue.TOOL_RESPONSE,
            Catalogue.TOOL_REQUEST,
            Callers.NOBODYS);

    /** What transactions have stored: what a restarted task begins with. Outlives every process. */
    static final class Stored {

        private final Mutation mutation;
        private final Map<Integer, MemoryRows> rows = new HashMap<>();
        private final Map<Integer, Map<Topic<?>, Long>> positions = new HashMap<>();
        private final Map<Integer, Integer> generations = new HashMap<>();

        Stored(Mutation mutation) {
            this.mutation = mutation;
        }

        MemoryRows rows(int partition) {
            return rows.getOrDefault(partition, new MemoryRows());
        }
    }

    /** One partition's share of the topology. */
    private static final class Task {

        final int partition;
        final int generation;
        final MemoryRows rows;
        final Memory memory;
        final Coordinator coordinator;
        final Map<Topic<?>, Long> positions;
        boolean dirty;
        boolean storing;

        Task(int partition, Stored stored, Mutation mutation, Wire wire, Coordinators coordinators) {
            this.partition = partition;
            generation = stored.generations.merge(partition, 1, Integer::sum);
            rows = stored.rows(partition).copy();
            positions = new HashMap<>(stored.positions.getOrDefault(partition, Map.of()));
            memory = new Memory(mutation.of(rows), wire);
            coordinator = coordinators.attach(partition, memory);
        }
    }

    private final MemoryCluster cluster;
    private final SeededScheduler scheduler;
    private final MemoryProcess process;
    private final Wire wire;
    private final Stored stored;
    private final Coordinators coordinators;
    private final Map<Integer, Task> tasks = new TreeMap<>();
    private final GroupReader reader;

    SimulatedStreams(
            MemoryCluster cluster, MemoryProcess process, Wire wire, Stored stored, Coordinators coordinators) {
        this.cluster = cluster;
        this.scheduler = cluster.scheduler();
        this.process = process;
        this.wire = wire;
        this.stored = stored;
        this.coordinators = coordinators;
        reader = process.join(GROUP, Set.of(Catalogue.WORKFLOW_COMMAND.name()), this);
        process.drive("streams", this);
    }

    @Override
    public void assigned(Partition partition, @Nullable Commit committed) {
        int number = partition.number();
        close(number);
        tasks.put(number, new Task(number, stored, stored.mutation, wire, coordinators));
    }

    @Override
    public CompletionStage<?> drain(Collection<Partition> partitions) {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        for (Partition partition : partitions) {
            Task task = tasks.get(partition.number());
            if (task != null) {
                coordinators.detach(task.partition, task.coordinator);
                store(task);
            }
        }
        process.after(Duration.ofMillis(3), () -> drained.complete(null));
        return drained;
    }

    @Override
    public Map<Partition, Commit> release(Collection<Partition> partitions) {
        partitions.forEach(partition -> close(partition.number()));
        return Map.of();
    }

    @Override
    public void lost(Collection<Partition> partitions) {
        partitions.forEach(partition -> close(partition.number()));
    }

    private void close(int number) {
        Task task = tasks.remove(number);
        if (task != null) {
            coordinators.detach(number, task.coordinator);
        }
    }

    @Override
    public boolean step(Duration atMost) {
        reader.poll(Duration.ZERO);
        for (Task task : List.copyOf(tasks.values())) {
            for (Topic<?> topic : TOPICS) {
                if (!scheduler.chance(0.3)) {
                    read(task, topic);
                }
            }
        }
        return false;
    }

    private void read(Task task, Topic<?> topic) {
        List<Fetched> log = cluster.records(new Partition(topic.name(), task.partition));
        long from = task.positions.getOrDefault(topic, 0L);
        long to = Math.min(log.size(), from + 1 + scheduler.random().nextInt(5));
        for (long offset = from; offset < to; offset++) {
            task.positions.put(topic, offset + 1);
            tell(task.memory, topic, log.get((int) offset));
            task.dirty = true;
        }
        if (task.dirty && !task.storing) {
            task.storing = true;
            process.after(Duration.ofNanos(COMMIT_MICROS * 1_000), () -> store(task));
        }
    }

    private void tell(Memory memory, Topic<?> topic, Fetched fetched) {
        byte[] value = fetched.record().value();
        if (value == null) {
            memory.removed(fetched.record().key(), fetched.offset());
            return;
        }
        if (topic.equals(Catalogue.TOOL_REQUEST) || topic.equals(Callers.NOBODYS)) {
            OpenCall call = Callers.watched(fetched);
            if (call != null) {
                memory.asked(call);
            }
            return;
        }
        String trace = fetched.record().headers().trace();
        if (topic.equals(Catalogue.WORKFLOW_EVENT)) {
            memory.journal(decode(Catalogue.WORKFLOW_EVENT, value), fetched.offset(), value);
        } else if (topic.equals(Catalogue.WORKFLOW_COMMAND)) {
            memory.command(decode(Catalogue.WORKFLOW_COMMAND, value), fetched.offset(), value, trace);
        } else {
            memory.answer(decode(Catalogue.TOOL_RESPONSE, value), fetched.offset(), value, trace);
        }
    }

    private <V extends SpecificRecord> V decode(Topic<V> topic, byte[] value) {
        try {
            return wire.decode(topic, value);
        } catch (UndecodableException e) {
            throw new AssertionError("a record of the simulation cannot be read", e);
        }
    }

    /** A transaction: rows and positions, or nothing. It takes a while, and ends only if the task is still its. */
    private void store(Task task) {
        MemoryRows rows = task.rows.copy();
        Map<Topic<?>, Long> positions = Map.copyOf(task.positions);
        task.dirty = false;
        task.storing = false;
        scheduler.between(100, 1_500, () -> {
            boolean whole = process.alive() || scheduler.chance(0.5);
            boolean owner = stored.generations.getOrDefault(task.partition, 0) == task.generation;
            if (whole && !owner && stored.mutation == Mutation.NO_FENCE) {
                stored.rows(task.partition).mix(rows);
            } else if (whole && owner) {
                if (stored.mutation != Mutation.POSITIONS_ONLY || scheduler.chance(0.5)) {
                    stored.rows.put(task.partition, rows);
                }
                stored.positions.put(task.partition, positions);
            }
        });
    }

    /** The rows of a partition, if this process has it. */
    @Nullable
    MemoryRows rows(int partition) {
        Task task = tasks.get(partition);
        return task == null ? null : task.rows;
    }

    @Nullable
    Coordinator coordinator(int partition) {
        Task task = tasks.get(partition);
        return task == null ? null : task.coordinator;
    }

    @Override
    public void wake() {
        // a simulated poll does not wait
    }

    @Override
    public void close() {
        reader.close();
    }
}
