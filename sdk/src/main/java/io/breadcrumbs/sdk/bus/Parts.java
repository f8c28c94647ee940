package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Log;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a bus is made of. Everything by which two runs of the same program differ comes in here.
 *
 * @param hands runs what must not run on the thread that found it
 */
public record Parts(
        String instance,
        Log log,
        Wire wire,
        Time time,
        Executor hands,
        LoopDriver loops,
        RandomGenerator random,
        Limits limits) {

    /** The same, for who never blocks and need not be kept from the thread that found it. */
    Parts inPlace() {
        return new Parts(instance, log, wire, time, Runnable::run, loops, random, limits);
    }
}
