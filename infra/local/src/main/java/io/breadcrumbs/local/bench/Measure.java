package io.breadcrumbs.local.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Something that is measured, slice by slice. */
public interface Measure {

    /** Repeats what is measured until the time ({@link System#nanoTime}) is over, and leaves nothing under way. */
    void slice(Samples samples, long untilNanos) throws InterruptedException, ExecutionException, TimeoutException;
}
