package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One tail's place in one partition: it hands each record to the reader once, in the log's order, whichever lane brings
 * it first. An acknowledged record is handed over only if it is exactly the next one; otherwise the log brings it.
 *
 * <p>Guarded by its monitor, under which it calls nobody; the reader is called by one thread of {@code hands} at a
 * time.
 */
class TailCursor<V extends SpecificRecord> {

    /** Beyond this many records that the reader has not read yet, the log keeps the rest. */
    static final int AHEAD_AT_MOST = 2_000;

    private final Partition partition;
    private final TailReader<V> reader;
    private final Executor hands;
    private final Runnable room;
    private final @Nullable Predicate<String> keys;
    private final ArrayDeque<Step<V>> ahead = new ArrayDeque<>();
    private long next = -1;
    private long passed = -1;
    private long at = -1;
    private boolean reading;
    private boolean full;
    private boolean closed;

    private record Step<V extends SpecificRecord>(
            @Nullable Breadcrumb<V> breadcrumb,
            long offset,
            Lane lane,
            @Nullable String unreadable) {}

    /** @param room called when the reader has read so much that the log may be read on */
    TailCursor(Partition partition, TailReader<V> reader, Executor hands, Runnable room) {
        this.partition = partition;
        this.reader = reader;
        this.hands = hands;
        this.room = room;
        keys = reader.keys();
    }

    /** The first offset to hand over. */
    synchronized void startAt(long offset) {
        next = offset;
    }

    /** The offset of the next record to hand over; -1 while the first is not known. */
    synchronized long next() {
        return next;
    }

    /** All before this offset was handed over, or is nothing to hand over: markers of transactions have offsets too. */
    synchronized void passed(long offset) {
        passed = offset;
    }

    /** The offset before which the reader has read all; -1 while the first is not known. */
    synchronized long read() {
        return at >= 0
                ? at
                : ahead.isEmpty() ? Math.max(next, passed) : ahead.element().offset();
    }

    final void advance(long offset) {
        next = offset + 1;
    }

    /** Whether an acknowledged record may be handed over right now. Holds the monitor. */
    boolean mayPass(long offset) {
        return offset == next;
    }

    /** This instance published a record, and it was acknowledged. */
    void acknowledged(Breadcrumb<V> breadcrumb, long offset) {
        synchronized (this) {
            if (next < 0 || closed || ahead.size() >= AHEAD_AT_MOST || !mayPass(offset)) {
                return;
            }
            advance(offset);
            boolean unwanted = keys != null && !keys.test(breadcrumb.key());
            if (unwanted || !add(new Step<>(breadcrumb, offset, Lane.TAIL, null))) {
                return;
            }
        }
        hands.execute(this::readOn);
    }

    /** Whether the log's record at this offset has not been handed over. */
    synchronized boolean wants(long offset) {
        return offset >= next && !closed;
    }

    /** Goes on behind the log's record if the reader does not read such; whether it did. */
    boolean skips(LogRecord record, long offset) {
        if (keys == null || keys.test(Intake.key(record))) {
            return false;
        }
        synchronized (this) {
            if (offset >= next) {
                advance(offset);
            }
        }
        return true;
    }

    /** The log brought a record; null with a reason if it cannot be decoded, null without if it is a tombstone. */
    void fetched(@Nullable Breadcrumb<V> breadcrumb, long offset, @Nullable String unreadable) {
        synchronized (this) {
            if (offset < next || closed) {
                return;
            }
            advance(offset);
            if (!add(new Step<>(breadcrumb, offset, Lane.LOG, unreadable))) {
                return;
            }
        }
        hands.execute(this::readOn);
    }

    /** Too much is waiting for the reader: the log should not be read on. {@code room} is called when that is over. */
    synchronized boolean full() {
        full = ahead.size() >= AHEAD_AT_MOST;
        return full;
    }

    /** Whether the reader has read all that it was handed. */
    synchronized boolean idle() {
        return ahead.isEmpty() && !reading;
    }

    synchronized void close() {
        closed = true;
        ahead.clear();
    }

    /** True if somebody has to be sent to read. */
    private boolean add(Step<V> step) {
        ahead.add(step);
        if (reading) {
            return false;
        }
        reading = true;
        return true;
    }

    private void readOn() {
        boolean over = false;
        try {
            while (!over) {
                over = !readNext();
            }
        } finally {
            if (!over) {
                hands.execute(this::readOn); // the reader has thrown: the next record follows all the same
            }
        }
    }

    /** False if nothing is left to read. */
    private boolean readNext() {
        Step<V> step;
        boolean roomAgain;
        synchronized (this) {
            step = ahead.poll();
            at = step == null ? -1 : step.offset();
            if (step == null) {
                reading = false;
            }
            roomAgain = full && ahead.size() < AHEAD_AT_MOST / 2;
            full &= !roomAgain;
        }
        if (roomAgain) {
            room.run();
        }
        if (step == null) {
            return false;
        }
        Position position = new Position(partition, step.offset());
        Breadcrumb<V> breadcrumb = step.breadcrumb();
        String unreadable = step.unreadable();
        if (breadcrumb != null) {
            reader.read(breadcrumb, position, step.lane());
        } else if (unreadable != null) {
            reader.unreadable(position, unreadable);
        }
        return true;
    }
}
