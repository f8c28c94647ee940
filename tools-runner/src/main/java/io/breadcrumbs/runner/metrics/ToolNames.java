package io.breadcrumbs.runner.metrics;

import io.breadcrumbs.runner.intake.Work;
import io.breadcrumbs.schemas.ToolDefinition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of tools as tags. What a requester writes never becomes one, and anybody may publish tools: so there are
 * only so many. Thread-safe.
 */
final class ToolNames {

    static final int AT_MOST = 200;

    /** The request names no tool that was there to check it. */
    static final String UNKNOWN = "unknown";

    /** One more than there are names. */
    static final String OTHER = "other";

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    String of(Work work) {
        return work.definition().map(ToolDefinition::getName).map(this::bounded).orElse(UNKNOWN);
    }

    private String bounded(String name) {
        if (names.contains(name)) {
            return name;
        }
        return names.size() < AT_MOST && names.add(name) ? name : OTHER;
    }
}
