package io.breadcrumbs.sdk.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When to speak of what a bus waits for, and in which words. That things come one after the other is how a healthy
 * start looks, so nothing is said before {@link #FIRST}; then each time the wait has doubled, and at last every
 * {@link #RAREST}. The thread that asks owns it.
 */
final class Complaint {

    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration RAREST = Duration.ofMinutes(1);

    /** How many of the missing things are named; the rest is counted. */
    private static final int NAMED = 3;

    private final String instance;
    private final LongSupplier nanoTime;
    private long since;
    private Duration next = FIRST;
    private boolean waiting = true;

    /** @param nanoTime a clock that only goes on, as {@link System#nanoTime}; the waiting begins now */
    Complaint(String instance, LongSupplier nanoTime) {
        this.instance = instance;
        this.nanoTime = nanoTime;
        since = nanoTime.getAsLong();
    }

    /** Something is missing. What is to be said of it, if it is time for that. */
    Optional<String> missing(List<String> faults) {
        if (!waiting) {
            waiting = true;
            since = nanoTime.getAsLong();
            next = FIRST;
        }
        Duration waited = waited();
        if (waited.compareTo(next) < 0) {
            return Optional.empty();
        }
        next = waited.plus(waited.compareTo(RAREST) < 0 ? waited : RAREST);
        return Optional.of("bus " + instance + " is not ready after " + seconds(waited) + " and keeps trying; missing: "
                + named(faults));
    }

    /** Nothing is missing any more. What is to be said, if something was until now. */
    Optional<String> ready() {
        if (!waiting) {
            return Optional.empty();
        }
        waiting = false;
        return Optional.of("bus " + instance + " is ready after " + seconds(waited()));
    }

    private Duration waited() {
        return Duration.ofNanos(nanoTime.getAsLong() - since);
    }

    private static String named(List<String> faults) {
        String first = String.join("; ", faults.subList(0, Math.min(NAMED, faults.size())));
        return faults.size() > NAMED ? first + "; and " + (faults.size() - NAMED) + " more" : first;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }
}
