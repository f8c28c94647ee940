package io.breadcrumbs.local.kill;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come true. */
public final class Patience {

    public static final Duration LONG = Duration.ofSeconds(60);

    private Patience() {}

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, LONG, condition);
    }

    public static void await(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        if (!waited(atMost, condition)) {
            throw new IllegalStateException("waited " + atMost + " for: " + what);
        }
    }

    /** False if it does not come true in time. */
    public static boolean waited(BooleanSupplier condition) throws InterruptedException {
        return waited(LONG, condition);
    }

    private static boolean waited(Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }
}
