package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How far the partitions of an answer topic reached at least, as this instance knows: by asking now and then, and from
 * the acknowledgements of its own answers. An answer that is appended later stands behind that. Any thread, except
 * {@link #refresh}, which belongs to the loop.
 */
final class AnswerEnds {

    private static final Duration ASK_EVERY = Duration.ofSeconds(5);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final long NOT_KNOWN = -1;

    private final Parts parts;
    private final Topic<?> topic;
    private final Runnable known;
    private volatile @Nullable AtomicLongArray ends;
    private Instant askedAt = Instant.MIN;

    /** @param known called, on any thread, when something was found out */
    AnswerEnds(Parts parts, Topic<?> topic, Runnable known) {
        this.parts = parts;
        this.topic = topic;
        this.known = known;
    }

    Topic<?> topic() {
        return topic;
    }

    void acknowledged(int partition, long offset) {
        AtomicLongArray raised = ends;
        if (raised != null) {
            raise(raised, partition, offset + 1);
        }
    }

    private static void raise(AtomicLongArray ends, int partition, long end) {
        ends.accumulateAndGet(partition, end, Math::max);
    }

    /** Asks the log, if it has not been asked for a while. */
    void refresh() {
        Instant now = parts.time().now();
        if (now.isBefore(askedAt.plus(snapshot() == null ? ASK_AGAIN : ASK_EVERY))) {
            return;
        }
        int count = parts.log().partitions(topic.name());
        if (count == 0) {
            return;
        }
        askedAt = now;
        AtomicLongArray asked = ends == null ? unknown(count) : ends;
        ends = asked;
        for (int p = 0; p < count; p++) {
            int partition = p;
            parts.log().end(new Partition(topic.name(), partition)).thenAccept(end -> {
                raise(asked, partition, end);
                known.run();
            }); // a failure leaves it to the next time
        }
    }

    private static AtomicLongArray unknown(int count) {
        AtomicLongArray ends = new AtomicLongArray(count);
        for (int p = 0; p < count; p++) {
            ends.set(p, NOT_KNOWN);
        }
        return ends;
    }

    /** What is known of all partitions; null while that is not all. */
    long @Nullable [] snapshot() {
        AtomicLongArray all = ends;
        if (all == null) {
            return null;
        }
        long[] snapshot = new long[all.length()];
        for (int p = 0; p < snapshot.length; p++) {
            snapshot[p] = all.get(p);
            if (snapshot[p] == NOT_KNOWN) {
                return null;
            }
        }
        return snapshot;
    }
}
