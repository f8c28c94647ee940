package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Trace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the decisions of one epoch send, and how far all of it is acknowledged. Messages are published until the log has
 * them. One thread at a time, but for what the bus calls.
 */
final class Outbox {

    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Bus bus;
    private final Time time;
    private final BiConsumer<Effects.Awaiting, BusException> impossible;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private final Deque<Parcel> unread = new ArrayDeque<>();
    /** Batches that are not read back, and messages that are not acknowledged. */
    private final AtomicInteger waiting = new AtomicInteger();

    private long sent;
    private volatile boolean closed;

    /** The messages of one batch. */
    static final class Parcel {

        private final String key;
        private final @Nullable String trace;
        private final List<Draft<?>> behind = new ArrayList<>(0);
        private final AtomicInteger missing = new AtomicInteger();
        private long offset = -1;

        Parcel(String key, @Nullable String trace) {
            this.key = key;
            this.trace = trace;
        }

        /** It goes out when the batch counts. */
        void add(Draft<?> draft) {
            behind.add(draft);
        }
    }

    /**
     * @param sent the journal offset up to which all effects are acknowledged
     * @param impossible told of a request that can never be published, and why
     */
    Outbox(Bus bus, Time time, long sent, BiConsumer<Effects.Awaiting, BusException> impossible) {
        this.bus = bus;
        this.time = time;
        this.sent = sent;
        this.impossible = impossible;
    }

    /** The journal offset up to which all effects are acknowledged. */
    long sent() {
        for (Parcel first = parcels.peek();
                first != null && first.offset >= 0 && first.missing.get() == 0;
                first = parcels.peek()) {
            sent = parcels.remove().offset;
        }
        return sent;
    }

    /** A batch that is appended to the journal. */
    Parcel journalled(String key, @Nullable String trace) {
        Parcel parcel = new Parcel(key, trace);
        parcels.add(parcel);
        unread.add(parcel);
        waiting.incrementAndGet();
        return parcel;
    }

    /** A place in the journal that holds up {@link #sent} until what is added to it is acknowledged. */
    Parcel at(long offset, String key, @Nullable String trace) {
        Parcel parcel = new Parcel(key, trace);
        parcel.offset = offset;
        parcel.missing.incrementAndGet();
        parcels.add(parcel);
        return parcel;
    }

    /** All that belongs to a parcel that was made by {@link #at} has been added. */
    void complete(Parcel parcel) {
        parcel.behind.forEach(draft -> publish(parcel, draft));
        parcel.behind.clear();
        parcel.missing.decrementAndGet();
    }

    /**
     * A batch of this epoch was read in the journal: what waited for it goes out.
     *
     * @return false if another one should have come before: its append has failed
     */
    boolean read(String key, long offset) {
        Parcel parcel = unread.poll();
        if (parcel == null || !parcel.key.equals(key)) {
            return false;
        }
        waiting.decrementAndGet();
        parcel.behind.forEach(draft -> publish(parcel, draft));
        parcel.behind.clear();
        parcel.offset = offset;
        return true;
    }

    /** Publishes a message, again and again if need be. */
    void publish(Parcel parcel, Draft<?> draft) {
        parcel.missing.incrementAndGet();
        waiting.incrementAndGet();
        attempt(parcel, draft);
    }

    private <V extends SpecificRecord> void attempt(Parcel parcel, Draft<V> draft) {
        if (closed) {
            return;
        }
        Trace.within(parcel.trace, () -> bus.publish(draft)).whenComplete((_, failure) -> {
            if (failure == null) {
                acknowledged(parcel);
                return;
            }
            BusException why = BusException.of(failure);
            if (why.code().kind() == ErrorCode.Kind.CALLER) {
                acknowledged(parcel);
                Effects.Awaiting awaiting = Effects.awaiting(draft);
                if (awaiting != null && !closed) {
                    impossible.accept(awaiting, why);
                }
            } else if (why.code() != ErrorCode.CLOSED) {
                time.after(AGAIN, () -> attempt(parcel, draft));
            }
        });
    }

    private void acknowledged(Parcel parcel) {
        parcel.missing.decrementAndGet();
        waiting.decrementAndGet();
    }

    /** How many batches have effects that are not acknowledged, or are not read yet. Any thread, about. */
    int waiting() {
        return waiting.get();
    }

    void close() {
        closed = true;
        parcels.clear();
        unread.clear();
    }
}
