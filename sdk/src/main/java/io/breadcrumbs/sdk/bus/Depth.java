package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records of a group's partitions have not been taken. What is paused fetches nothing, so its end is asked
 * for. The loop's thread looks, any thread reads.
 */
final class Depth {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Parts parts;
    private final GroupReader reader;
    private final Map<Partition, Long> ends = new ConcurrentHashMap<>();
    private volatile long records;
    private Instant lookedAt = Instant.MIN;

    Depth(Parts parts, GroupReader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    /** As it was a second ago. */
    long records() {
        return records;
    }

    void look(Map<Partition, ? extends Share<?>> shares) {
        Instant now = parts.time().now();
        if (now.isBefore(lookedAt.plus(LOOK_EVERY))) {
            return;
        }
        lookedAt = now;
        long sum = 0;
        for (Map.Entry<Partition, ? extends Share<?>> each : shares.entrySet()) {
            Partition partition = each.getKey();
            Share<?> share = each.getValue();
            sum += share.backlog.size();
            if (share.paused) {
                sum += Math.max(0, ends.getOrDefault(partition, 0L) - share.ledger.position());
                parts.log().end(partition).thenAccept(end -> ends.put(partition, end));
            } else {
                sum += reader.lag(partition).orElse(0);
            }
        }
        records = sum;
        ends.keySet().retainAll(shares.keySet());
    }
}
