package io.breadcrumbs.sdk;

import java.time.Duration;
import java.time.Instant;

/** The clock and the timers of an instance. A timer's task must not block. */
public interface Time {

    Instant now();

    /** Runs the task once after the delay; the handle cancels it. */
    Runnable after(Duration delay, Runnable task);
}
