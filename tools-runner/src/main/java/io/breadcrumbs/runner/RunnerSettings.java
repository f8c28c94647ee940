package io.breadcrumbs.runner;

import java.util.Set;

/**
 * The settings of a runner.
 *
 * @param pools whose requests it executes
 * @param concurrency executions at once; who waits for another tool or a timer does not count
 */
public record RunnerSettings(Set<String> pools, int concurrency) {

    /** The default pool, and 200 executions at once. */
    public static final RunnerSettings DEFAULT = new RunnerSettings(Set.of("default"), 200);

    public RunnerSettings {
        pools = Set.copyOf(pools);
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("pools: expected one or more, got none");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: expected 1 or more, got " + concurrency);
        }
    }
}
