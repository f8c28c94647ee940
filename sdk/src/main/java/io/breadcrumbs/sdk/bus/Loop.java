package io.breadcrumbs.sdk.bus;

import java.time.Duration;

/** A loop that reads: one thread steps it, and closes it at the end. */
public interface Loop {

    /** Does what there is to do, and waits for more up to {@code atMost}; returns how much was done. */
    int step(Duration atMost);

    /** Ends a waiting step early. From any thread. */
    void wake();

    /** Gives back what the loop holds. The last call. */
    void close();
}
