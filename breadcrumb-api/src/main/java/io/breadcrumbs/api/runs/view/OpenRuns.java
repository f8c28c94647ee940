package io.breadcrumbs.api.runs.view;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many runs that are not over each caller has started. Who has none has no entry. Any thread. */
final class OpenRuns {

    private final Map<Starter, Integer> open = new ConcurrentHashMap<>();

    /** Whose runs are counted together. */
    record Starter(String workspace, String by) {}

    /** A run counts no more for the one, and counts for the other. */
    void change(@Nullable Starter before, @Nullable Starter now) {
        if (before != null) {
            open.computeIfPresent(before, (_, runs) -> runs == 1 ? null : runs - 1);
        }
        if (now != null) {
            open.merge(now, 1, Integer::sum);
        }
    }

    int of(Starter starter) {
        return open.getOrDefault(starter, 0);
    }
}
