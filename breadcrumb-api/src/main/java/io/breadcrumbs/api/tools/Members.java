package io.breadcrumbs.api.tools;

import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who serves: how many members groups have, as the brokers said it at most two seconds ago, however many ask. Any
 * thread; never blocks.
 */
public final class Members {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Bus bus;
    private final Time time;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Instant asked, CompletableFuture<Integer> count) {}

    public Members(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    /** How many runners serve these pools; fails while the brokers cannot say. */
    public CompletableFuture<Map<String, Integer>> runners(Set<String> pools) {
        Map<String, CompletableFuture<Integer>> counts =
                pools.stream().collect(Collectors.toMap(pool -> pool, pool -> of(Group.runners(pool))));
        return CompletableFuture.allOf(counts.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> counts.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, one -> one.getValue().join())));
    }

    /** How many engines decide about runs; fails while the brokers cannot say. */
    public CompletableFuture<Integer> engines() {
        return of(Group.ENGINES).copy();
    }

    private CompletableFuture<Integer> of(String group) {
        Instant now = time.now();
        known.values().removeIf(one -> one.asked().plus(FRESH).isBefore(now));
        return known.computeIfAbsent(group, _ -> new Known(now, ask(group))).count();
    }

    private CompletableFuture<Integer> ask(String group) {
        return bus.members(Set.of(group)).thenApply(counts -> counts.getOrDefault(group, 0));
    }
}
