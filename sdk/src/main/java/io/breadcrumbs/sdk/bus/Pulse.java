package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A loop, and when it was last seen to step: one that hangs is not to be taken for one that has nothing to do. */
final class Pulse implements Loop {

    /** Longer than any step takes, drained partitions and their last commit included. */
    static final Duration AT_MOST = Duration.ofSeconds(30);

    private final String name;
    private final Loop loop;
    private final Time time;
    private volatile Instant seen;

    Pulse(String name, Loop loop, Time time) {
        this.name = name;
        this.loop = loop;
        this.time = time;
        this.seen = time.now();
    }

    /** What is wrong with it; empty if nothing is. From any thread. */
    Optional<String> fault() {
        Duration still = Duration.between(seen, time.now());
        return still.compareTo(AT_MOST) > 0
                ? Optional.of("loop '" + name + "' has not moved for " + still.toSeconds() + " s")
                : Optional.empty();
    }

    @Override
    public boolean step(Duration atMost) {
        seen = time.now();
        return loop.step(atMost);
    }

    @Override
    public void wake() {
        loop.wake();
    }

    @Override
    public void close() {
        loop.close();
    }
}
