package io.breadcrumbs.runner.provider.script;

import java.time.Duration;

/**
 * What scripts may use on a runner; a definition's limits may be lower, never higher.
 *
 * @param atOnce scripts that run at once; the others wait for one to end
 * @param statements that one run may execute
 * @param cpu processor time of one run
 * @param memoryBytes what one run may allocate in all, which is more than it ever holds
 * @param outputBytes size of the output as JSON
 */
public record ScriptSettings(int atOnce, long statements, Duration cpu, long memoryBytes, long outputBytes) {

    /** Eight at once; 100 million statements, ten seconds, 1 GB and an output of 1 MB for each. */
    public static final ScriptSettings DEFAULT =
            new ScriptSettings(8, 100_000_000, Duration.ofSeconds(10), 1L << 30, 1L << 20);

    public ScriptSettings {
        demand("atOnce", atOnce);
        demand("statements", statements);
        demand("cpu", cpu.toMillis());
        demand("memoryBytes", memoryBytes);
        demand("outputBytes", outputBytes);
    }

    private static void demand(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected 1 or more, got " + value);
        }
    }
}
