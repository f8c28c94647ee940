package io.breadcrumbs.runner.provider.script;

import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one run may use: the tool's own limits where they are lower than the runner's. */
record Allowance(Duration cpu, long memoryBytes, long outputBytes) {

    static Allowance of(ScriptSettings settings, @Nullable ToolLimits limits) throws ToolFailure {
        if (limits == null) {
            return new Allowance(settings.cpu(), settings.memoryBytes(), settings.outputBytes());
        }
        return new Allowance(
                Duration.ofMillis(
                        lower("cpuMs", limits.getCpuMs(), settings.cpu().toMillis())),
                lower("memoryBytes", limits.getMemoryBytes(), settings.memoryBytes()),
                lower("outputBytes", limits.getOutputBytes(), settings.outputBytes()));
    }

    private static long lower(String name, @Nullable Long asked, long most) throws ToolFailure {
        if (asked == null) {
            return most;
        }
        if (asked < 1) {
            throw ToolFailure.invalid("limits." + name, "expected 1 or more, got " + asked);
        }
        return Math.min(asked, most);
    }
}
