package io.breadcrumbs.runner.provider.mcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens on other threads. */
public final class Eventually {

    private static final long PATIENCE_SECONDS = 30;

    private Eventually() {}

    /** Returns when it is so; fails if that takes too long. */
    public static void assertThatSoon(String what, Callable<Boolean> isSo) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isSo.call()) {
            assertThat(System.nanoTime())
                    .as("waited %d s until %s", PATIENCE_SECONDS, what)
                    .isLessThan(until);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
