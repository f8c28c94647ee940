package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clock, and one thread for all timers of its owner. */
public final class SystemTime implements Time, AutoCloseable {

    private final ScheduledThreadPoolExecutor timers;

    /** @param instance names the thread */
    public SystemTime(String instance) {
        timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(instance + " timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        if (timers.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> timer = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    /** How many timers have not come to their time yet. */
    public int waiting() {
        return timers.getQueue().size();
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
