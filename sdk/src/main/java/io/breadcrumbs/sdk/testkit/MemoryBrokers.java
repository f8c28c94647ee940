package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The brokers of a memory cluster, with the topics of the catalogue. They can be taken away. One thread. */
public final class MemoryBrokers implements Brokers {

    private final MemoryCluster cluster;
    private final Wire wire;
    private int open;
    private long polls;
    private boolean away;

    public MemoryBrokers(MemoryCluster cluster, Wire wire) {
        this.cluster = cluster;
        this.wire = wire;
    }

    /** From now on they do not answer, or do again. */
    public void away(boolean gone) {
        away = gone;
    }

    /** How many readers are open. */
    public int open() {
        return open;
    }

    /** How often readers have polled. */
    public long polls() {
        return polls;
    }

    private void demandThere() {
        if (away) {
            throw new BusException(ErrorCode.AWAY, "the brokers are away");
        }
    }

    @Override
    public List<TopicReport> reports() {
        return topics().entrySet().stream()
                .map(topic -> new TopicReport(
                        topic.getKey(),
                        topic.getValue(),
                        ends(topic.getKey()).values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        0,
                        new TreeMap<>()))
                .toList();
    }

    @Override
    public SortedMap<String, Integer> topics() {
        demandThere();
        SortedMap<String, Integer> topics = new TreeMap<>();
        for (Topic<?> topic : Catalogue.topics()) {
            topics.put(topic.name(), cluster.partitions());
        }
        return topics;
    }

    @Override
    public Map<Integer, Long> starts(String topic) {
        Map<Integer, Long> starts = new HashMap<>(ends(topic));
        starts.replaceAll((_, _) -> 0L);
        return starts;
    }

    @Override
    public Map<Integer, Long> ends(String topic) {
        demandThere();
        Map<Integer, Long> ends = new HashMap<>();
        for (int partition = 0; partition < cluster.partitions(); partition++) {
            ends.put(partition, (long)
                    cluster.log(new Partition(topic, partition)).size());
        }
        return ends;
    }

    @Override
    public PartitionReader reader() {
        demandThere();
        open++;
        return new Counted(new MemoryReader(cluster));
    }

    @Override
    public Position append(LogRecord record) {
        demandThere();
        return cluster.execute(record).position();
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void close() {
        away = true;
    }

    /** A reader that is counted until it is closed. */
    private final class Counted implements PartitionReader {

        private final MemoryReader reader;
        private boolean closed;

        Counted(MemoryReader reader) {
            this.reader = reader;
        }

        @Override
        public List<Fetched> poll(Duration atMost) {
            if (closed) {
                throw new AssertionError("a reader was polled after it was closed");
            }
            polls++;
            return reader.poll(atMost);
        }

        @Override
        public void add(Partition partition, long from) {
            reader.add(partition, from);
        }

        @Override
        public long position(Partition partition) {
            return reader.position(partition);
        }

        @Override
        public OptionalLong lag(Partition partition) {
            return reader.lag(partition);
        }

        @Override
        public void remove(Partition partition) {
            reader.remove(partition);
        }

        @Override
        public void pause(Partition partition) {
            reader.pause(partition);
        }

        @Override
        public void resume(Partition partition) {
            reader.resume(partition);
        }

        @Override
        public void wake() {
            reader.wake();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
                reader.close();
            }
        }
    }
}
