package io.breadcrumbs.api.owner;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.sdk.Latest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The latest states of a partition's breadcrumbs: those that were used last in memory, the others in the log. Who
 * decides the partition's batches owns it, one after another.
 */
final class States {

    /** What is kept in memory of a partition. */
    private static final long CHARS_AT_MOST = 1 << 20;

    private static final int OVERHEAD_CHARS = 1_200;

    private final Latest<Breadcrumb> log;
    private final LinkedHashMap<String, Breadcrumb> recent = new LinkedHashMap<>();
    private long chars;

    States(Latest<Breadcrumb> log) {
        this.log = log;
    }

    /** The states of these breadcrumbs; those that are not there are left out. */
    CompletableFuture<Map<String, Breadcrumb>> of(Collection<String> ids) {
        Map<String, Breadcrumb> found = new HashMap<>();
        List<String> others = ids.stream()
                .distinct()
                .filter(id -> {
                    Breadcrumb known = recent.get(id);
                    if (known != null) {
                        found.put(id, known);
                    }
                    return known == null;
                })
                .toList();
        if (others.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        return log.of(others).thenApply(read -> {
            found.putAll(read);
            return found;
        });
    }

    /** A state is in the log. */
    void put(Breadcrumb state, long offset) {
        String id = state.getMeta().getId();
        log.is(id, offset);
        forget(id);
        recent.put(id, state);
        chars += size(state);
        while (chars > CHARS_AT_MOST) {
            chars -= size(recent.pollFirstEntry().getValue());
        }
    }

    /** There is no such breadcrumb any more, so says the log. */
    void remove(String id) {
        log.ended(id);
        forget(id);
    }

    private void forget(String id) {
        Breadcrumb before = recent.remove(id);
        if (before != null) {
            chars -= size(before);
        }
    }

    private static long size(Breadcrumb state) {
        return (long) OVERHEAD_CHARS + state.getContext().length();
    }
}
