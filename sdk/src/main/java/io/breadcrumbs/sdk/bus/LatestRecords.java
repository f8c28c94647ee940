package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Latest;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/**
 * The latest records of a partition, found by their keys' offsets. A record of another key at an offset means that two
 * keys have the same hash: reading fails then, and who reads the partition anew has other hashes. The offsets are
 * guarded by themselves.
 */
final class LatestRecords<V extends SpecificRecord> implements Latest<V> {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** How often the log may give nothing before its end: an open set of another writer is waited for. */
    private static final int EMPTY_AT_MOST = 300;

    private final Topic<V> topic;
    private final Partition partition;
    private final PointReads reads;
    private final KeyOffsets offsets;

    private LatestRecords(Topic<V> topic, Partition partition, PointReads reads, KeyOffsets offsets) {
        this.topic = topic;
        this.partition = partition;
        this.reads = reads;
        this.offsets = offsets;
    }

    /** Reads the partition from its beginning to where it ends now; the values are not looked at. */
    static <V extends SpecificRecord> CompletableFuture<Latest<V>> of(
            Topic<V> topic, int number, PointReads reads, Parts parts) {
        Partition partition = new Partition(topic.name(), number);
        return parts.log()
                .start(partition)
                .thenCombine(parts.log().end(partition), (start, end) -> new long[] {start, end})
                .thenApplyAsync(
                        range -> new LatestRecords<>(topic, partition, reads, scanned(parts, partition, range)),
                        parts.hands());
    }

    private static KeyOffsets scanned(Parts parts, Partition partition, long[] range) {
        KeyOffsets found = new KeyOffsets(parts.random().nextLong());
        try (PartitionReader log = parts.log().reader()) {
            log.add(partition, range[0]);
            int empty = 0;
            long next = range[0];
            while (log.position(partition) < range[1]) {
                List<Fetched> polled = log.poll(PATIENCE);
                empty = polled.isEmpty() ? empty + 1 : 0;
                if (empty > EMPTY_AT_MOST) {
                    throw new BusException(
                            ErrorCode.AWAY,
                            partition + " cannot be read from " + log.position(partition) + " to " + range[1]);
                }
                for (Fetched fetched : polled) {
                    if (fetched.offset() >= next) { // a poll may give again what one before gave
                        next = fetched.offset() + 1;
                        note(found, fetched);
                    }
                }
            }
        }
        return found;
    }

    private static void note(KeyOffsets found, Fetched fetched) {
        byte[] key = fetched.record().key();
        if (key == null) {
            return; // nobody can ask for it
        }
        if (fetched.record().value() == null) {
            found.remove(key);
        } else {
            found.put(key, fetched.offset());
        }
    }

    @Override
    public CompletableFuture<Map<String, V>> of(List<String> keys) {
        List<Position> positions = new ArrayList<>();
        Map<String, Long> expected = new HashMap<>();
        synchronized (offsets) {
            for (String key : keys) {
                Long offset = offsets.get(key);
                if (offset != null && expected.put(key, offset) == null) {
                    positions.add(new Position(partition, offset));
                }
            }
        }
        return reads.read(topic, positions).thenApply(records -> checked(expected, records));
    }

    private Map<String, V> checked(Map<String, Long> expected, List<Breadcrumb<V>> records) {
        Map<String, V> found = new HashMap<>();
        for (Breadcrumb<V> record : records) {
            found.put(record.key(), record.body());
        }
        if (!found.keySet().equals(expected.keySet())) {
            throw new BusException(
                    ErrorCode.UNKNOWN,
                    "the records of " + expected.keySet() + " in " + partition + " are not where they were: it is to "
                            + "be read anew");
        }
        return found;
    }

    @Override
    public void is(String key, long offset) {
        synchronized (offsets) {
            offsets.put(key, offset);
        }
    }

    @Override
    public void ended(String key) {
        synchronized (offsets) {
            offsets.remove(key);
        }
    }

    @Override
    public int size() {
        synchronized (offsets) {
            return offsets.size();
        }
    }
}
