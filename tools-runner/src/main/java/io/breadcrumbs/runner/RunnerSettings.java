package io.breadcrumbs.runner;

import java.util.Set;

/**
 * The settings of a runner. Who waits for another tool or a timer does not count as executing.
 *
 * @param pools whose requests it executes
 * @param concurrency executions at once
 * @param perWorkspace executions at once for one workspace; 0: as many as there are
 */
public record RunnerSettings(Set<String> pools, int concurrency, int perWorkspace) {

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
        if (perWorkspace < 0) {
            throw new IllegalArgumentException("perWorkspace: expected 0 or more, got " + perWorkspace);
        }
    }

    /** A runner whose workspaces have no bounds of their own. */
    public RunnerSettings(Set<String> pools, int concurrency) {
        this(pools, concurrency, 0);
    }

    public RunnerSettings withPerWorkspace(int other) {
        return new RunnerSettings(pools, concurrency, other);
    }
}
