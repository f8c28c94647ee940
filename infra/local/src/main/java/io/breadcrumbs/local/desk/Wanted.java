package io.breadcrumbs.local.desk;

import io.breadcrumbs.sdk.runs.state.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are meant; those that others started never are.
 *
 * @param statuses any of them
 * @param name of the workflow; null: any
 * @param olderThan they began longer ago; null: whenever
 */
public record Wanted(
        Set<String> statuses,
        @Nullable String name,
        @Nullable Duration olderThan) {

    public Wanted {
        statuses = Set.copyOf(statuses);
    }

    /** Those among these that are meant. */
    public List<Summary> of(List<Summary> runs, long now) {
        return runs.stream()
                .filter(run -> run.depth() == 0 && statuses.contains(run.status()))
                .filter(run -> name == null || name.equals(run.name()))
                .filter(run -> olderThan == null || now - run.startedAt() > olderThan.toMillis())
                .toList();
    }
}
