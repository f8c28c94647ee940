package io.breadcrumbs.runner;

import java.util.Set;

/**
 * The settings of a runner. Who waits for another tool or a timer does not count as executing.
 *
 * @param pools whose requests it executes
 * @param concurrency executions at once
 * @param perWorkspace executions at once for one workspace; 0: as many as there are
 * @param rememberedAnswers how many answers are kept for requests that come again
 */
public record RunnerSettings(Set<String> pools, int concurrency, int perWorkspace, int rememberedAnswers) {

    /** Some minutes of an ordinary load. */
    public static final int REMEMBERED_ANSWERS = 10_000;

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
        if (rememberedAnswers < 0) {
            throw new IllegalArgumentException("rememberedAnswers: expected 0 or more, got " + rememberedAnswers);
        }
    }

    /** A runner whose workspaces have no bounds of their own. */
    public RunnerSettings(Set<String> pools, int concurrency) {
        this(pools, concurrency, 0, REMEMBERED_ANSWERS);
    }

    public RunnerSettings withPerWorkspace(int other) {
        return new RunnerSettings(pools, concurrency, other, rememberedAnswers);
    }

    public RunnerSettings withRememberedAnswers(int other) {
        return new RunnerSettings(pools, concurrency, perWorkspace, other);
    }
}
