package io.breadcrumbs.sdk.bus;

import java.time.Duration;

/** A loop that reads: one thread steps it, and closes it at the end. */
public interface Loop {

    /**
     * Does what there is to do, and waits for more up to {@code atMost}.
     *
     * @return true if the log brought only what this instance knew already: the next step may come a little later, and
     *     find more at once
     */
    boolean step(Duration atMost);

    /** Ends a waiting step early. From any thread. */
    void wake();

    /** Gives back what the loop holds. The last call. */
    void close();
}
