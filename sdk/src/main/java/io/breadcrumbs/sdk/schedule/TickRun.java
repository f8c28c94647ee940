package io.breadcrumbs.sdk.schedule;

import io.breadcrumbs.sdk.Metas;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a schedule are called: by its name and the time, so that a tick starts one run, however many ask for
 * it. A number behind that, where there is one, makes all runs of a schedule stand in one partition: whoever decides
 * about one knows the others.
 */
public final class TickRun {

    private static final int MOST = 10_000;

    private TickRun() {}

    /** How the ids of all runs of a schedule begin. */
    public static String prefix(String workspace, String name) {
        return (workspace.equals(Metas.DEFAULT_WORKSPACE) ? "" : workspace + ":") + name + "@";
    }

    /** How the ids of the runs begin that the schedule of this run has started; null if none has. */
    public static @Nullable String prefix(String runId) {
        int end = runId.lastIndexOf('@');
        return end < 0 || runId.indexOf('.', end) > 0 ? null : runId.substring(0, end + 1); // a dot: its children
    }

    /** The id of a tick's run that stands in this partition. */
    public static String id(Schedule schedule, Instant tick, ToIntFunction<String> partitions, int partition) {
        String id = prefix(schedule.workspace(), schedule.name()) + tick;
        for (int i = 0; i < MOST; i++) {
            String tried = i == 0 ? id : id + "-" + i;
            if (partitions.applyAsInt(tried) == partition) {
                return tried;
            }
        }
        throw new IllegalStateException("no id of " + id + " stands in partition " + partition);
    }
}
