package io.breadcrumbs.runner.intake;

/**
 * What a desk has at this moment.
 *
 * @param open requests: executing, waiting, or with an answer on its way to the log
 * @param executing slots that are taken
 * @param queued requests that wait for room among those of their tool or workspace
 * @param claims markers of requests that were published and not read back yet
 * @param stuck executions that were stopped, and answered, and do not end; they keep their slots
 */
public record Occupancy(int open, int executing, int queued, int claims, int stuck) {

    public static final Occupancy NONE = new Occupancy(0, 0, 0, 0, 0);
}
