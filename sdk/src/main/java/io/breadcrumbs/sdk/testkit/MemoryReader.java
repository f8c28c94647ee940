package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads partitions of a memory cluster: some records at each poll, now and then the same ones again. */
final class MemoryReader implements PartitionReader {

    private static final int AT_ONCE = 5;

    private final MemoryCluster cluster;
    private final Map<Partition, Long> positions = new TreeMap<>();
    private final Set<Partition> paused = new TreeSet<>();

    MemoryReader(MemoryCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void add(Partition partition, long from) {
        positions.put(partition, from);
    }

    @Override
    public long position(Partition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    @Override
    public void remove(Partition partition) {
        positions.remove(partition);
        paused.remove(partition);
    }

    Set<Partition> partitions() {
        return positions.keySet();
    }

    @Override
    public OptionalLong lag(Partition partition) {
        return OptionalLong.of(cluster.log(partition).size() - positions.getOrDefault(partition, 0L));
    }

    @Override
    public List<Fetched> poll(Duration atMost) {
        SeededScheduler scheduler = cluster.scheduler();
        List<Fetched> fetched = new ArrayList<>();
        for (Map.Entry<Partition, Long> position : positions.entrySet()) {
            if (paused.contains(position.getKey()) || scheduler.chance(0.2)) {
                continue;
            }
            List<Fetched> log = cluster.log(position.getKey());
            long from = position.getValue();
            if (scheduler.chance(cluster.faults().repeated())) {
                from = Math.max(0, from - 2);
            }
            long to = Math.min(log.size(), from + 1 + scheduler.random().nextInt(AT_ONCE));
            for (long offset = from; offset < to; offset++) {
                fetched.add(log.get((int) offset));
            }
            position.setValue(Math.max(position.getValue(), to));
        }
        return fetched;
    }

    @Override
    public void pause(Partition partition) {
        paused.add(partition);
    }

    @Override
    public void resume(Partition partition) {
        paused.remove(partition);
    }

    @Override
    public void wake() {
        // a simulated poll does not wait
    }

    @Override
    public void close() {
        positions.clear();
    }
}
