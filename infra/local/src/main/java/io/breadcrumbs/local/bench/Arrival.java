package io.breadcrumbs.local.bench;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One record that is awaited after the other. One thread expects and awaits, any other says what came. */
final class Arrival {

    private static final long PATIENCE_SECONDS = 20;

    private final String what;
    private final Semaphore come = new Semaphore(0);
    private volatile @Nullable String expected;
    private volatile long atNanos;

    Arrival(String what) {
        this.what = what;
    }

    /** To be called before the record is sent. */
    void expect(String key) {
        expected = key;
    }

    /** A record came; one that nobody expects, or a repeated one, is ignored. */
    void came(String key, long nanos) {
        if (key.equals(expected)) {
            expected = null;
            atNanos = nanos;
            come.release();
        }
    }

    /** When the expected record came. */
    long await() throws InterruptedException, TimeoutException {
        if (!come.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(
                    what + ": record " + expected + " did not come within " + PATIENCE_SECONDS + " s");
        }
        return atNanos;
    }
}
