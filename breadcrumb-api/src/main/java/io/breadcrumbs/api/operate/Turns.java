package io.breadcrumbs.api.operate;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** So many at once; others wait for their turn, for a while. */
final class Turns {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore free;

    Turns(int atOnce) {
        free = new Semaphore(atOnce);
    }

    /** Does it in its turn. Blocks. */
    <T> T take(Supplier<T> task) {
        try {
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE, "others have asked the brokers for " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "interrupted");
        }
        try {
            return task.get();
        } finally {
            free.release();
        }
    }
}
