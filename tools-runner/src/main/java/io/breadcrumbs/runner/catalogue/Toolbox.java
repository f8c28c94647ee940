package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.Provider;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Versions;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All tools of the catalogue, by name and version; those of this runner's pools are made ready as soon as they are
 * read. Written by the tail's thread, read by any.
 */
public final class Toolbox implements TailReader<ToolDefinition> {

    private final Set<String> pools;
    private final Map<ToolKind, Provider> providers = new EnumMap<>(ToolKind.class);
    private final Executor hands;
    private final Map<String, NavigableMap<String, Entry>> tools = new ConcurrentHashMap<>();
    /** The next offset of each partition of the catalogue. */
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    public Toolbox(Set<String> pools, Collection<? extends Provider> providers, Executor hands) {
        this.pools = Set.copyOf(pools);
        this.hands = hands;
        providers.forEach(provider -> this.providers.put(provider.kind(), provider));
    }

    /** The key under which a tool stands in {@code tool.v1}. */
    public static String key(String name, String version) {
        return name + " / " + version;
    }

    /** The tool of this name; the newest unless a version is given; null if the catalogue does not have it. */
    public @Nullable Entry find(String name, @Nullable String version) {
        NavigableMap<String, Entry> versions = tools.get(name);
        if (versions == null) {
            return null;
        }
        if (version != null) {
            return versions.get(version);
        }
        Map.Entry<String, Entry> newest = versions.lastEntry();
        return newest == null ? null : newest.getValue();
    }

    /** Whether somebody has seen the catalogue further than it has been read here. */
    public boolean isBehind(io.breadcrumbs.schemas.@Nullable Position seen) {
        return seen != null && next.getOrDefault(seen.getPartition(), 0L) <= seen.getOffset();
    }

    public Stream<Entry> all() {
        return tools.values().stream().flatMap(versions -> versions.values().stream());
    }

    @Override
    public void read(Breadcrumb<ToolDefinition> breadcrumb, Position position, Lane lane) {
        take(breadcrumb, position);
        next.put(position.partition().number(), position.offset() + 1);
        waiting.removeIf(one -> one.isRead(next));
    }

    /** Completes when the catalogue has been read here up to all these positions. */
    public CompletableFuture<Void> whenRead(Collection<Position> positions) {
        Waiting one = new Waiting(List.copyOf(positions), new CompletableFuture<>());
        waiting.add(one);
        waiting.removeIf(any -> any.isRead(next));
        return one.read();
    }

    private record Waiting(List<Position> positions, CompletableFuture<Void> read) {

        boolean isRead(Map<Integer, Long> next) {
            return positions.stream()
                            .allMatch(position ->
                                    next.getOrDefault(position.partition().number(), 0L) > position.offset())
                    && (read.complete(null) || read.isDone());
        }
    }

    private void take(Breadcrumb<ToolDefinition> breadcrumb, Position position) {
        if (breadcrumb.value() == null) {
            remove(breadcrumb.key());
            return;
        }
        ToolDefinition definition = breadcrumb.body();
        CompletableFuture<Prepared> prepared = new CompletableFuture<>();
        Entry before = tools.computeIfAbsent(definition.getName(), _ -> new ConcurrentSkipListMap<>(new Versions()))
                .put(definition.getVersion(), new Entry(definition, position, prepared));
        close(before);
        if (pools.contains(definition.getPool())) {
            hands.execute(() -> prepare(definition, prepared));
        } else {
            prepared.completeExceptionally(ToolFailure.of(
                    ErrorKind.NOT_FOUND,
                    "OTHER_POOL",
                    "tool '" + definition.getName() + "' is served by pool '" + definition.getPool()
                            + "': send the request to its topic"));
        }
    }

    private void remove(String key) {
        tools.values()
                .forEach(versions -> versions.values().removeIf(entry -> {
                    boolean meant = key.equals(
                            key(entry.definition().getName(), entry.definition().getVersion()));
                    if (meant) {
                        close(entry);
                    }
                    return meant;
                }));
    }

    private void prepare(ToolDefinition definition, CompletableFuture<Prepared> prepared) {
        Provider provider = providers.get(definition.getKind());
        try {
            if (provider == null) {
                throw ToolFailure.of(
                        ErrorKind.NOT_FOUND,
                        "KIND",
                        "this runner does not execute tools of kind " + definition.getKind());
            }
            JsonShape input = JsonShape.of(definition.getInputSchema());
            prepared.complete(new Prepared(definition, provider.prepare(definition), input));
        } catch (ToolFailure | RuntimeException e) {
            prepared.completeExceptionally(e);
        }
    }

    private static void close(@Nullable Entry entry) {
        if (entry != null) {
            entry.prepared().thenApply(Prepared::executable).thenAccept(Executable::close);
        }
    }
}
