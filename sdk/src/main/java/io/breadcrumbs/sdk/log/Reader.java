package io.breadcrumbs.sdk.log;

import java.time.Duration;
import java.util.List;

/** Reading of the log. All methods but {@link #wake} belong to the one thread that polls. */
public interface Reader extends AutoCloseable {

    /**
     * The next records, each partition's in the log's order, of the partitions that are not paused; waits for them up
     * to {@code atMost}.
     */
    List<Fetched> poll(Duration atMost);

    void pause(Partition partition);

    void resume(Partition partition);

    /** Ends a waiting poll early. From any thread. */
    void wake();

    @Override
    void close();
}
