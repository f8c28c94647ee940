package io.breadcrumbs.sdk.bus;

/** Steps loops: each on a thread of its own, or all of them from a simulation's scheduler. */
@FunctionalInterface
public interface LoopDriver {

    /** Steps the loop until the handle is run; that closes the loop, and returns when it is closed. */
    Runnable drive(String name, Loop loop);
}
