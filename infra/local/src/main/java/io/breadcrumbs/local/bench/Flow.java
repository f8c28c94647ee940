package io.breadcrumbs.local.bench;

import io.breadcrumbs.local.bench.Rounds.Measure;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** As many records as a bounded window lets through. A record's key says when it was sent. */
public final class Flow implements Measure {

    /** Begins the keys of this process, so that what an earlier one left behind is told apart. */
    static final String RUN =
            Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.nanoTime()) + "-";

    private static final int WINDOW = 500;
    private static final long PATIENCE_SECONDS = 20;

    private final Consumer<String> send;
    private final Semaphore window = new Semaphore(WINDOW);
    private volatile @Nullable Samples samples;
    private volatile @Nullable Throwable failure;

    /** @param send sends a record with this key; {@link #done} or {@link #failed} follows */
    Flow(Consumer<String> send) {
        this.send = send;
    }

    @Override
    public void slice(Samples into, long untilNanos) throws InterruptedException, TimeoutException {
        samples = into;
        while (System.nanoTime() < untilNanos) {
            acquire(1);
            send.accept(RUN + System.nanoTime());
        }
        acquire(WINDOW);
        window.release(WINDOW);
    }

    private void acquire(int records) throws InterruptedException, TimeoutException {
        if (!window.tryAcquire(records, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("only " + window.availablePermits() + " of " + WINDOW + " records came within "
                    + PATIENCE_SECONDS + " s");
        }
        Throwable why = failure;
        if (why != null) {
            throw new IllegalStateException("a record could not be sent: " + why.getMessage(), why);
        }
    }

    /** A record was acknowledged and handled. */
    void done(String key, long nanos) {
        Samples into = samples;
        if (into != null && key.startsWith(RUN)) {
            into.add(nanos - Long.parseLong(key, RUN.length(), key.length(), 10));
            window.release();
        }
    }

    void failed(Throwable why) {
        failure = why;
        window.release();
    }
}
