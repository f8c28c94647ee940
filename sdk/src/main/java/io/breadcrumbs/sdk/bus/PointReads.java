package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads single records where they stand. Blocks, on {@code hands}; whoever has the monitor has the reader. */
final class PointReads {

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int POLLS_AT_MOST = 100;

    /** A schema or a body that is missing is fetched meanwhile. */
    private static final Duration AGAIN = Duration.ofMillis(10);

    private final Parts parts;
    private final Intake intake;
    private @Nullable PartitionReader reader;
    private boolean closed;

    /** @param intake its own, since an intake tells one reader only when what it waits for has come */
    PointReads(Parts parts, Intake intake) {
        this.parts = parts;
        this.intake = intake;
    }

    /** The same, without the positions. */
    <V extends SpecificRecord> CompletableFuture<List<Breadcrumb<V>>> read(Topic<V> topic, List<Position> positions) {
        return find(topic, positions).thenApply(found -> List.copyOf(found.values()));
    }

    /** The records at these positions, in their order; those that cannot be had any more are left out. */
    <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> find(
            Topic<V> topic, List<Position> positions) {
        if (positions.isEmpty()) {
            return CompletableFuture.completedFuture(new LinkedHashMap<>());
        }
        CompletableFuture<Map<Position, Fetched>> found = new CompletableFuture<>();
        parts.hands().execute(() -> {
            try {
                found.complete(fetch(positions));
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        return found.thenCompose(records -> opened(topic, positions, records));
    }

    private synchronized Map<Position, Fetched> fetch(List<Position> positions) {
        if (closed) {
            throw new BusException(ErrorCode.CLOSED, "the bus of " + parts.instance() + " is closed");
        }
        PartitionReader log = reader;
        if (log == null) {
            log = parts.log().reader();
            reader = log;
        }
        Map<Partition, NavigableSet<Long>> wanted = new TreeMap<>();
        positions.forEach(position -> wanted.computeIfAbsent(position.partition(), _ -> new TreeSet<>())
                .add(position.offset()));
        Map<Position, Fetched> found = new HashMap<>();
        for (Map.Entry<Partition, NavigableSet<Long>> partition : wanted.entrySet()) {
            try {
                fetch(log, partition.getKey(), partition.getValue(), found);
            } finally {
                log.remove(partition.getKey());
            }
        }
        return found;
    }

    /** Goes from one offset to the next; what one poll brings is often enough for several. */
    private void fetch(
            PartitionReader log, Partition partition, NavigableSet<Long> offsets, Map<Position, Fetched> found) {
        int polls = 0;
        log.add(partition, offsets.first());
        while (!offsets.isEmpty()) {
            if (polls++ > POLLS_AT_MOST) {
                throw new BusException(ErrorCode.AWAY, "record " + partition + "@" + offsets.first() + " did not come");
            }
            long last = -1;
            for (Fetched fetched : log.poll(PATIENCE)) {
                last = fetched.offset();
                if (offsets.remove(last)) {
                    found.put(fetched.position(), fetched);
                }
            }
            long read = Math.max(last + 1, log.position(partition));
            offsets.headSet(read).clear(); // retention, or compaction, took them away
            if (last >= 0 && !offsets.isEmpty() && offsets.first() > read) {
                log.add(partition, offsets.first());
            }
        }
    }

    private <V extends SpecificRecord> CompletableFuture<SequencedMap<Position, Breadcrumb<V>>> opened(
            Topic<V> topic, List<Position> positions, Map<Position, Fetched> records) {
        SequencedMap<Position, CompletableFuture<@Nullable Breadcrumb<V>>> each = new LinkedHashMap<>();
        for (Position position : positions) {
            Fetched fetched = records.get(position);
            if (fetched != null) {
                CompletableFuture<@Nullable Breadcrumb<V>> one = new CompletableFuture<>();
                open(topic, fetched, one);
                each.put(position, one);
            }
        }
        return CompletableFuture.allOf(each.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    SequencedMap<Position, Breadcrumb<V>> all = new LinkedHashMap<>();
                    each.forEach((position, one) -> {
                        Breadcrumb<V> there = one.join();
                        if (there != null) {
                            all.put(position, there);
                        }
                    });
                    return all;
                });
    }

    private <V extends SpecificRecord> void open(
            Topic<V> topic, Fetched fetched, CompletableFuture<@Nullable Breadcrumb<V>> then) {
        switch (intake.open(topic, fetched, () -> {})) {
            case Intake.Taken.Ready<V> ready -> then.complete(ready.breadcrumb());
            case Intake.Taken.NotYet<V> _ -> parts.time().after(AGAIN, () -> open(topic, fetched, then));
            case Intake.Taken.Nothing<V> _ -> then.complete(Intake.breadcrumb(topic, fetched.record(), null));
            case Intake.Taken.Poison<V> _ -> then.complete(null);
        }
    }

    synchronized void close() {
        closed = true;
        PartitionReader log = reader;
        if (log != null) {
            log.close();
            reader = null;
        }
    }
}
