package io.breadcrumbs.api.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each caller. In memory stands only until when a caller has spent what was given to it, and
 * only as long as that is to come: who is idle has no entry.
 */
public final class RateLimits {

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LOOK_EVERY_NANOS = 10 * SECOND_NANOS;

    /** Beyond so many, those who are new share one bucket. */
    private static final int CALLERS_AT_MOST = 100_000;

    private static final String ALL_OTHERS = "";

    private final long eachNanos;
    private final long aheadNanos;
    private final LongSupplier nanos;
    private final Map<String, Long> spentUntil = new ConcurrentHashMap<>();
    private final AtomicLong lookAt;

    /** @param nanos a clock that never goes back */
    public RateLimits(LimitSettings settings, LongSupplier nanos) {
        this.eachNanos = settings.requestsPerSecond() == 0 ? 0 : SECOND_NANOS / settings.requestsPerSecond();
        this.aheadNanos = eachNanos * settings.burst();
        this.nanos = nanos;
        this.lookAt = new AtomicLong(nanos.getAsLong() + LOOK_EVERY_NANOS);
    }

    /** Whether this caller may ask now; if so, that is counted. */
    public boolean take(String caller) {
        if (eachNanos == 0) {
            return true;
        }
        long now = nanos.getAsLong();
        forgetIdle(now);
        boolean[] taken = new boolean[1];
        spentUntil.compute(known(caller), (_, until) -> {
            long from = until == null ? now : Math.max(now, until);
            taken[0] = from - now + eachNanos <= aheadNanos;
            return taken[0] ? from + eachNanos : from;
        });
        return taken[0];
    }

    private String known(String caller) {
        return spentUntil.size() < CALLERS_AT_MOST || spentUntil.containsKey(caller) ? caller : ALL_OTHERS;
    }

    /** Whose bucket is full again is as one who never asked. */
    private void forgetIdle(long now) {
        long due = lookAt.get();
        if (now >= due && lookAt.compareAndSet(due, now + LOOK_EVERY_NANOS)) {
            spentUntil.values().removeIf(until -> until <= now);
        }
    }

    /** How many callers it has an entry for. */
    int size() {
        return spentUntil.size();
    }
}
