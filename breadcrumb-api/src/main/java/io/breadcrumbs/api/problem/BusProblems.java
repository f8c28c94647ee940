package io.breadcrumbs.api.problem;

import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What failures of the bus mean to whoever asked. Their causes go to the log, and nowhere else. */
public final class BusProblems {

    private static final Logger LOG = LoggerFactory.getLogger(BusProblems.class);

    private BusProblems() {}

    /**
     * The problem of what a future of the bus failed with, or of what the bus threw: what was certainly not done may be
     * asked for again at once, what may have been done says so.
     */
    public static Problem of(Throwable failure) {
        BusException bus = BusException.of(failure);
        boolean foreseen = bus.code() != ErrorCode.UNKNOWN || bus.getCause() == null;
        LOG.atLevel(foreseen ? Level.DEBUG : Level.WARN)
                .addKeyValue("event", "bus-failed")
                .setCause(bus)
                .log("the bus does not do what a caller wants: {}", bus.code());
        ProblemCode code = switch (bus.code()) {
            case TOO_LARGE -> ProblemCode.TOO_LARGE;
            case TOPIC, SCHEMA, SETTINGS, FORBIDDEN -> ProblemCode.INTERNAL;
            case CAPACITY, AWAY, CLOSED, FENCED -> ProblemCode.UNAVAILABLE;
            case DEADLINE, UNKNOWN -> ProblemCode.OUTCOME_UNKNOWN;
        };
        return Problem.of(code, String.valueOf(bus.getMessage()));
    }
}
