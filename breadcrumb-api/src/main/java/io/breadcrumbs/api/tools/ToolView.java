package io.breadcrumbs.api.tools;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.Versions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The catalogue of tools as it stands, by name and version. Written by the tail's thread, read by any. */
public final class ToolView implements TailReader<ToolDefinition>, AutoCloseable {

    private static final Comparator<String> VERSIONS = new Versions();

    /** By name, in their order; none of these maps is ever empty for long. */
    private final NavigableMap<String, NavigableMap<String, Listed>> tools = new ConcurrentSkipListMap<>();

    private final Map<String, Listed> byKey = new ConcurrentHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    private final Tail tail;

    public ToolView(Bus bus) {
        tail = bus.tail(TailFrom.beginning(Catalogue.TOOL), this);
    }

    /** What keeps it from being complete; null if nothing does. */
    public @Nullable String missing() {
        return tail.caughtUp().isDone() ? null : "the catalogue of tools has not been read yet";
    }

    /** Since when the log has had more than it has read; empty if nothing is known of more. */
    public Optional<Instant> behindSince() {
        return tail.behindSince();
    }

    /** How many offsets of the log it has not read. */
    public CompletableFuture<Long> lag() {
        return tail.lag();
    }

    /** The newest version of each tool, by name. */
    public List<Listed> all() {
        return tools.values().stream()
                .map(NavigableMap::lastEntry)
                .filter(Objects::nonNull)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All versions of each tool, by name, the oldest first. */
    public List<Listed> versions() {
        return tools.values().stream()
                .flatMap(versions -> versions.values().stream())
                .toList();
    }

    /** The newest version; null if the catalogue has no such tool. */
    public @Nullable Listed find(String name) {
        NavigableMap<String, Listed> versions = tools.get(name);
        Map.Entry<String, Listed> newest = versions == null ? null : versions.lastEntry();
        return newest == null ? null : newest.getValue();
    }

    /** The versions of a tool, the oldest first. */
    public List<String> versions(String name) {
        NavigableMap<String, Listed> versions = tools.get(name);
        return versions == null ? List.of() : List.copyOf(versions.keySet());
    }

    /** Grows with each change of the catalogue. */
    public long changes() {
        return changes.get();
    }

    /**
     * Calls back after each change, on the tail's thread, which it must not block.
     *
     * @return ends it
     */
    public Runnable watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    @Override
    public void read(Breadcrumb<ToolDefinition> breadcrumb, Position position, Lane lane) {
        ToolDefinition definition = breadcrumb.value();
        Listed now = definition == null ? null : new Listed(definition, position);
        Listed before = now == null ? byKey.remove(breadcrumb.key()) : byKey.put(breadcrumb.key(), now);
        if (now != null) {
            tools.computeIfAbsent(now.name(), _ -> new ConcurrentSkipListMap<>(VERSIONS))
                    .put(now.definition().getVersion(), now);
        }
        if (before != null && !isReplaced(before, now)) {
            tools.computeIfPresent(before.name(), (_, versions) -> {
                versions.remove(before.definition().getVersion(), before);
                return versions.isEmpty() ? null : versions;
            });
        }
        changes.incrementAndGet();
        watchers.forEach(Runnable::run);
    }

    /** Keys are anybody's: one may come to stand for another tool. */
    private static boolean isReplaced(Listed before, @Nullable Listed now) {
        return now != null
                && now.name().equals(before.name())
                && now.definition().getVersion().equals(before.definition().getVersion());
    }

    @Override
    public void close() {
        tail.close();
    }
}
