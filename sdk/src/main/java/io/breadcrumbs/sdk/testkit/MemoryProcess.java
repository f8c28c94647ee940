package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.bus.Loop;
import io.breadcrumbs.sdk.log.Appended;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Log;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.log.SetWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One process of a simulation: its access to the log, its clock, its threads. Killed or paused, nothing of it runs. */
public final class MemoryProcess implements Log, Time {

    /** Of the usual delays of appends, acknowledgements, look-ups and threads. */
    private static final long SHORT_MICROS = 20;

    private static final long HOP_MICROS = 400;
    private static final long LOOP_MICROS = 1_000;

    private final MemoryCluster cluster;
    private final SeededScheduler scheduler;
    private final String name;
    private final Map<Partition, Long> lastAppendMicros = new HashMap<>();
    private final List<Runnable> deferred = new ArrayList<>();
    private boolean alive = true;
    private boolean paused;

    MemoryProcess(MemoryCluster cluster, String name) {
        this.cluster = cluster;
        this.scheduler = cluster.scheduler();
        this.name = name;
    }

    public String name() {
        return name;
    }

    MemoryCluster cluster() {
        return cluster;
    }

    public boolean running() {
        return alive && !paused;
    }

    public boolean alive() {
        return alive;
    }

    /** kill -9: what it had not sent is gone, what it had sent may be executed. */
    public void kill() {
        alive = false;
        deferred.clear();
        cluster.silent(this);
    }

    /** It stops for a while, as in a long pause of the machine; the cluster takes it for dead. */
    public void pause() {
        paused = true;
        cluster.silent(this);
    }

    /** It goes on where it stopped, and knows nothing of what happened meanwhile. */
    public void resume() {
        paused = false;
        List<Runnable> late = List.copyOf(deferred);
        deferred.clear();
        late.forEach(task -> scheduler.between(0, HOP_MICROS, () -> run(task)));
    }

    /** Runs a task of this process, when it can. */
    void run(Runnable task) {
        if (!alive) {
            return;
        }
        if (paused) {
            deferred.add(task);
            return;
        }
        task.run();
    }

    /** Another thread of this process runs the task soon. */
    public void execute(Runnable task) {
        scheduler.between(1, SHORT_MICROS, () -> run(task));
    }

    // ------------------------------------------------------------------ time and loops

    @Override
    public Instant now() {
        return scheduler.now();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return scheduler.after(delay, () -> run(task));
    }

    /** Steps a loop for as long as the process lives. */
    public Runnable drive(String loopName, Loop loop) {
        boolean[] closed = new boolean[1];
        Runnable[] step = new Runnable[1];
        step[0] = () -> {
            if (!closed[0]) {
                boolean copies = true;
                try {
                    copies = loop.step(Duration.ofMillis(50));
                } finally { // a step that fails is followed by the next
                    scheduler.between(SHORT_MICROS, copies ? 2 * LOOP_MICROS : LOOP_MICROS, () -> run(step[0]));
                }
            }
        };
        execute(step[0]);
        return () -> {
            closed[0] = true;
            loop.close();
        };
    }

    // ------------------------------------------------------------------ log

    @Override
    public int partitions(String topic) {
        return cluster.partitions();
    }

    @Override
    public void append(LogRecord record, Consumer<Appended> then) {
        Faults faults = cluster.faults();
        if (scheduler.chance(faults.refused())) {
            then.accept(new Appended.Refused(Appended.Reason.AWAY, "by chance"));
            return;
        }
        boolean lost = scheduler.chance(faults.lost());
        boolean unknown = !lost && scheduler.chance(faults.executedButUnknown());
        if (lost || unknown) {
            scheduler.after(faults.timeoutMicros(), () -> run(() -> then.accept(new Appended.Unknown("timed out"))));
        }
        if (lost) {
            return;
        }
        long delay = SHORT_MICROS + scheduler.random().nextInt((int) HOP_MICROS);
        if (unknown && scheduler.chance(0.5)) {
            delay = faults.timeoutMicros() - delay; // just before nobody waits for it any more
        }
        long at = Math.max(scheduler.nowMicros() + delay, lastAppendMicros.getOrDefault(record.partition(), 0L) + 1);
        lastAppendMicros.put(record.partition(), at);
        scheduler.after(at - scheduler.nowMicros(), () -> arrive(record, unknown ? null : then));
    }

    private void arrive(LogRecord record, @org.jspecify.annotations.Nullable Consumer<Appended> then) {
        if (!alive && scheduler.chance(0.5)) {
            return; // it died before this was sent
        }
        Fetched executed = cluster.execute(record);
        if (then != null) {
            long most = scheduler.chance(cluster.faults().lateAcknowledgement()) ? 20 * HOP_MICROS : HOP_MICROS;
            scheduler.between(
                    SHORT_MICROS, most, () -> run(() -> then.accept(new Appended.Acknowledged(executed.position()))));
        }
    }

    @Override
    public CompletableFuture<Long> end(Partition partition) {
        return later(() -> (long) cluster.log(partition).size());
    }

    @Override
    public CompletableFuture<Long> start(Partition partition) {
        return later(() -> 0L);
    }

    @Override
    public CompletableFuture<Integer> members(String group) {
        return later(() -> cluster.members(group));
    }

    private <T> CompletableFuture<T> later(Supplier<T> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        scheduler.between(SHORT_MICROS, HOP_MICROS, () -> {
            T value = asked.get();
            scheduler.between(SHORT_MICROS, HOP_MICROS, () -> run(() -> answer.complete(value)));
        });
        return answer;
    }

    @Override
    public GroupReader join(String group, Set<String> topics, GroupMember member) {
        return cluster.group(group).join(this, topics, member);
    }

    @Override
    public PartitionReader reader() {
        return new MemoryReader(cluster);
    }

    @Override
    public SetWriter writer(String writerName) {
        return new MemorySetWriter(this, cluster, writerName);
    }

    @Override
    public void close() {
        alive = false;
    }

    /** Where a record of this process would go on in the log. */
    Position next(Partition partition) {
        return new Position(partition, cluster.log(partition).size());
    }
}
