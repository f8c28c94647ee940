package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A log in memory: topics, partitions, groups, and the instances that use it. Instances can be killed, and paused so
 * that they come back as zombies. One thread.
 */
public final class MemoryCluster {

    private final SeededScheduler scheduler;
    private final int partitions;
    private final Map<Partition, List<Fetched>> records = new TreeMap<>();
    private final Map<String, MemoryGroup> groups = new HashMap<>();
    private final Map<String, Integer> writers = new HashMap<>();
    private final List<Consumer<Fetched>> watchers = new ArrayList<>();
    private final HandedOver handedOver = new HandedOver();
    private Faults faults;

    public MemoryCluster(SeededScheduler scheduler, int partitions, Faults faults) {
        this.scheduler = scheduler;
        this.partitions = partitions;
        this.faults = faults;
        scheduler.afterRun(this::checkRecords);
    }

    public SeededScheduler scheduler() {
        return scheduler;
    }

    public Faults faults() {
        return faults;
    }

    /** From now on it behaves like this. */
    public void behave(Faults other) {
        faults = other;
    }

    /** Called with every record, when it is in the log. */
    public void watch(Consumer<Fetched> watcher) {
        watchers.add(watcher);
    }

    /** All records of a partition, in order. */
    public List<Fetched> records(Partition partition) {
        return Collections.unmodifiableList(log(partition));
    }

    /** The partitions that have records. */
    public List<Partition> written() {
        return List.copyOf(records.keySet());
    }

    /** The group of this name. */
    public MemoryGroup group(String name) {
        return groups.computeIfAbsent(name, n -> new MemoryGroup(this, n));
    }

    /** How many members a group has; to ask for one does not make it. */
    int members(String group) {
        MemoryGroup there = groups.get(group);
        return there == null ? 0 : there.size();
    }

    /** A new process that uses this log. */
    public MemoryProcess process(String name) {
        return new MemoryProcess(this, name);
    }

    /** Fails if a record was changed after it was handed over; looked at whenever the scheduler has run. */
    public void checkRecords() {
        handedOver.check();
    }

    HandedOver handedOver() {
        return handedOver;
    }

    int partitions() {
        return partitions;
    }

    List<Fetched> log(Partition partition) {
        return records.computeIfAbsent(partition, _ -> new ArrayList<>());
    }

    /** The writers of a name, counted; only the last one writes. */
    int newWriter(String name) {
        return writers.merge(name, 1, Integer::sum);
    }

    boolean isLastWriter(String name, int number) {
        return writers.getOrDefault(name, 0) == number;
    }

    Fetched execute(LogRecord record) {
        List<Fetched> log = log(record.partition());
        Fetched fetched = new Fetched(record, log.size(), scheduler.now().toEpochMilli());
        log.add(fetched);
        watchers.forEach(watcher -> watcher.accept(fetched));
        return fetched;
    }

    /** The process is gone, or seems so: its partitions go to others after the session timeout. */
    void silent(MemoryProcess process) {
        groups.values().forEach(group -> group.expire(process));
    }
}
