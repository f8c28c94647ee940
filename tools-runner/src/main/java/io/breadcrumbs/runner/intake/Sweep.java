package io.breadcrumbs.runner.intake;

import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Looks, while there is open work, for what is overdue. Any thread. */
final class Sweep {

    private static final Duration EVERY = Duration.ofMillis(20);

    private final Remembered remembered;
    private final Time time;
    private final Consumer<Work> overdue;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** @param overdue takes work whose time is over; more than once does no harm */
    Sweep(Remembered remembered, Time time, Consumer<Work> overdue) {
        this.remembered = remembered;
        this.time = time;
        this.overdue = overdue;
    }

    /** There is open work. */
    void later() {
        if (!waiting.get() && waiting.compareAndSet(false, true)) {
            time.after(EVERY, this::sweep);
        }
    }

    private void sweep() {
        waiting.set(false);
        Instant now = time.now();
        for (Work work : remembered.open()) {
            if (now.isAfter(work.stopAt())) {
                overdue.accept(work);
            }
        }
        if (!remembered.open().isEmpty()) {
            later();
        }
    }
}
