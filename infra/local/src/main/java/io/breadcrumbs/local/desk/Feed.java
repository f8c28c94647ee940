package io.breadcrumbs.local.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** News of runs, from the beginning of their journals on. Each run's come in their order. Used by one thread. */
public interface Feed extends AutoCloseable {

    /** Gives the news of this run, once, and says when all has been given that was there. */
    void follow(String runId);

    /** Gives the news of the runs below it as well, and says once more when all has been given that was there. */
    void followBelow(String runId);

    /** The next one; null if none came in time. */
    @Nullable
    News next(Duration atMost) throws InterruptedException;

    @Override
    void close();
}
