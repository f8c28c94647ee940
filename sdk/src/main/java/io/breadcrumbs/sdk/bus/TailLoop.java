package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of one tail from the log. Partitions can be added while it runs; a partition whose first offset
 * is not known yet is added when it is. The backlog and what is paused belong to the thread that steps.
 */
final class TailLoop<V extends SpecificRecord> implements Loop {

    private static final Duration AGAIN = Duration.ofMillis(500);
    /** While somebody waits for a reader to catch up, how long a poll may keep that waiting. */
    private static final Duration SOON = Duration.ofMillis(5);

    /** How often it is looked whether the log has more. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** Makes the cursor of a partition. */
    interface Cursors {
        <V extends SpecificRecord> TailCursor<V> make(
                Partition partition, TailReader<V> reader, Parts parts, Runnable room);
    }

    private final Parts parts;
    private final Topic<V> topic;
    private final TailReader<V> reader;
    private final Cursors makers;
    private final Intake intake;
    private final PartitionReader log;
    private final Map<Partition, TailCursor<V>> cursors = new ConcurrentHashMap<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Map<Partition, ArrayDeque<Fetched>> backlog = new ConcurrentHashMap<>();
    private final Set<Partition> reading = new HashSet<>();
    private final Set<Partition> paused = new HashSet<>();
    private final List<Goal> goals = new ArrayList<>();

    private final Map<Partition, End> ends = new HashMap<>();
    private volatile @Nullable Instant behindSince;
    private Instant lookedAt = Instant.MIN;

    /** An end of a partition that has not been reached since then. */
    private record End(long end, Instant since) {}

    /** How far a partition is to be read before somebody goes on. */
    private record Goal(Partition partition, long end, CompletableFuture<Void> reached) {}

    /** What is read, and by what. */
    record Source<V extends SpecificRecord>(Topic<V> topic, PartitionReader log) {}

    TailLoop(Parts parts, Source<V> source, TailReader<V> reader, Cursors makers, Intake intake) {
        this.parts = parts;
        topic = source.topic();
        log = source.log();
        this.reader = reader;
        this.makers = makers;
        this.intake = intake;
    }

    Topic<V> topic() {
        return topic;
    }

    @Nullable
    TailCursor<V> cursor(Partition partition) {
        return cursors.get(partition);
    }

    /** Reads one more partition; the future completes when its first offset is known. From any thread. */
    CompletableFuture<Void> add(int number, long from) {
        Partition partition = new Partition(topic.name(), number);
        TailCursor<V> cursor = makers.make(partition, reader, parts, this::wake);
        cursors.put(partition, cursor);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        locate(partition, from, cursor, ready);
        return ready;
    }

    /** Completes when all that stands in the partitions now has been read. From any thread, after {@link #add}. */
    CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(
                cursors.keySet().stream().map(this::caughtUp).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> caughtUp(Partition partition) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        catchUp(partition, reached);
        return reached;
    }

    private void catchUp(Partition partition, CompletableFuture<Void> reached) {
        parts.log().end(partition).whenComplete((end, failure) -> {
            if (failure == null) {
                orders.add(() -> goals.add(new Goal(partition, end, reached)));
                wake();
            } else if (cursors.containsKey(partition)) {
                parts.time().after(AGAIN, () -> catchUp(partition, reached));
            }
        });
    }

    private boolean reached(Goal goal) {
        Partition partition = goal.partition();
        TailCursor<V> cursor = cursors.get(partition);
        boolean read = cursor != null
                && reading.contains(partition)
                && log.position(partition) >= goal.end()
                && backlog.getOrDefault(partition, new ArrayDeque<>()).isEmpty()
                && cursor.idle();
        if (read) {
            goal.reached().complete(null);
        }
        return read;
    }

    /** Reads a partition no more. From any thread. */
    void remove(int number) {
        Partition partition = new Partition(topic.name(), number);
        TailCursor<V> cursor = cursors.remove(partition);
        if (cursor != null) {
            cursor.close();
            orders.add(() -> {
                log.remove(partition);
                reading.remove(partition);
                goals.removeIf(goal -> goal.partition().equals(partition));
                forget(backlog.remove(partition));
                paused.remove(partition);
            });
            wake();
        }
    }

    private void locate(Partition partition, long from, TailCursor<V> cursor, CompletableFuture<Void> ready) {
        if (from >= 0) {
            begin(partition, from, cursor, ready);
            return;
        }
        located(partition, from).whenComplete((offset, failure) -> {
            if (failure == null) {
                begin(partition, offset, cursor, ready);
            } else if (cursor.equals(cursors.get(partition))) {
                parts.time().after(AGAIN, () -> locate(partition, from, cursor, ready));
            }
        });
    }

    private CompletableFuture<Long> located(Partition partition, long from) {
        if (from == TailFrom.END) {
            return parts.log().end(partition);
        }
        CompletableFuture<Long> start = parts.log().start(partition);
        return from == TailFrom.BEGINNING
                ? start
                : start.thenCombine(
                        parts.log().end(partition), (first, end) -> Math.max(first, end - (TailFrom.BEGINNING - from)));
    }

    private void begin(Partition partition, long offset, TailCursor<V> cursor, CompletableFuture<Void> ready) {
        cursor.startAt(offset);
        orders.add(() -> {
            if (cursor.equals(cursors.get(partition))) {
                log.add(partition, offset);
                reading.add(partition);
            }
        });
        wake();
        ready.complete(null);
    }

    @Override
    public boolean step(Duration atMost) {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        for (ArrayDeque<Fetched> waiting : backlog.values()) {
            while (!waiting.isEmpty() && pass(waiting.peek())) {
                waiting.remove();
            }
        }
        List<Fetched> polled = log.poll(goals.isEmpty() ? atMost : SOON);
        boolean copies = !polled.isEmpty();
        for (Fetched fetched : polled) {
            TailCursor<V> cursor = cursors.get(fetched.partition());
            if (cursor == null || !cursor.wants(fetched.offset())) {
                continue;
            }
            copies = false;
            ArrayDeque<Fetched> waiting = backlog.computeIfAbsent(fetched.partition(), _ -> new ArrayDeque<>());
            if (!waiting.isEmpty() || !pass(fetched)) {
                waiting.add(fetched);
            }
        }
        cursors.forEach(this::tend);
        goals.removeIf(this::reached);
        look();
        return copies;
    }

    private void look() {
        Instant now = parts.time().now();
        if (now.isBefore(lookedAt.plus(LOOK_EVERY))) {
            return;
        }
        lookedAt = now;
        ends.keySet().retainAll(reading);
        for (Partition partition : reading) {
            long polled = log.position(partition);
            long read = read(partition, polled);
            long end = polled + log.lag(partition).orElse(0);
            ends.compute(partition, (_, seen) -> {
                boolean reached = seen == null || read >= seen.end();
                return !reached ? seen : end > read ? new End(end, now) : null;
            });
        }
        behindSince =
                ends.values().stream().map(End::since).min(Instant::compareTo).orElse(null);
    }

    /** The offset before which the reader has read all. */
    private long read(Partition partition, long polled) {
        TailCursor<V> cursor = cursors.get(partition);
        if (cursor == null) {
            return polled;
        }
        ArrayDeque<Fetched> waiting = backlog.get(partition);
        cursor.passed(
                waiting == null || waiting.isEmpty()
                        ? polled
                        : waiting.element().offset());
        return cursor.read();
    }

    /** How many offsets of its partitions the log has and the reader has not read. From any thread. */
    CompletableFuture<Long> lag() {
        List<CompletableFuture<Long>> each = new ArrayList<>();
        cursors.forEach((partition, cursor) ->
                each.add(parts.log().end(partition).thenApply(end -> Math.max(0, end - Math.max(0, cursor.read())))));
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(_ ->
                        each.stream().mapToLong(CompletableFuture::resultNow).sum());
    }

    /** Since when the log has had more than the reader has read; null if nothing is known of more. From any thread. */
    @Nullable
    Instant behindSince() {
        return behindSince;
    }

    /** Hands a record to its cursor; false if it has to wait, with all that come after it. */
    private boolean pass(Fetched fetched) {
        TailCursor<V> cursor = cursors.get(fetched.partition());
        if (cursor == null || !cursor.wants(fetched.offset())) {
            intake.forget(fetched); // it came by the tail lane meanwhile
            return true;
        }
        if (cursor.skips(fetched.record(), fetched.offset())) {
            return true;
        }
        if (cursor.full()) {
            return false;
        }
        switch (intake.open(topic, fetched, this::wake)) {
            case Intake.Taken.Ready<V> ready -> cursor.fetched(ready.breadcrumb(), fetched.offset(), null);
            case Intake.Taken.NotYet<V> _ -> {
                return false;
            }
            case Intake.Taken.Nothing<V> _ ->
                cursor.fetched(Intake.breadcrumb(topic, fetched.record(), null), fetched.offset(), null);
            case Intake.Taken.Poison<V> poison -> cursor.fetched(null, fetched.offset(), poison.reason());
        }
        return true;
    }

    private void tend(Partition partition, TailCursor<V> cursor) {
        ArrayDeque<Fetched> waiting = backlog.get(partition);
        boolean pause = waiting != null && !waiting.isEmpty();
        if (pause && paused.add(partition)) {
            log.pause(partition);
        } else if (!pause && paused.remove(partition)) {
            log.resume(partition);
        }
    }

    @Override
    public void wake() {
        log.wake();
    }

    @Override
    public void close() {
        cursors.values().forEach(TailCursor::close);
        backlog.values().forEach(this::forget);
        log.close();
    }

    private void forget(@Nullable Collection<Fetched> waiting) {
        if (waiting != null) {
            waiting.forEach(intake::forget);
        }
    }

    /** The handle that whoever asked for the tail holds. */
    record Running<V extends SpecificRecord>(
            TailLoop<V> loop, CompletableFuture<Void> ready, CompletableFuture<Void> caughtUp, Runnable stop)
            implements Tail {

        @Override
        public CompletableFuture<Void> caughtUpNow() {
            return ready.thenCompose(_ -> loop.caughtUp());
        }

        @Override
        public long next(int partition) {
            TailCursor<V> cursor = loop.cursor(new Partition(loop.topic().name(), partition));
            return cursor == null ? -1 : cursor.next();
        }

        @Override
        public CompletableFuture<Long> lag() {
            return loop.lag();
        }

        @Override
        public Optional<Instant> behindSince() {
            return Optional.ofNullable(loop.behindSince());
        }

        @Override
        public void close() {
            stop.run();
        }
    }
}
