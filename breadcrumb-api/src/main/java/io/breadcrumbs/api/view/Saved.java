package io.breadcrumbs.api.view;

import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How far an index is.
 *
 * @param offsets the first of each partition that is not in
 * @param events the id of the last event of each partition that is in
 */
record Saved(Map<Integer, Long> offsets, Map<Integer, String> events) {

    private static final String OFFSET = "offset.";
    private static final String EVENT = "event.";

    static final Saved NOTHING = new Saved(Map.of(), Map.of());

    Saved {
        offsets = Map.copyOf(offsets);
        events = Map.copyOf(events);
    }

    static Saved of(Map<String, String> data) {
        Map<Integer, Long> offsets = new HashMap<>();
        Map<Integer, String> events = new HashMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(OFFSET)) {
                offsets.put(Integer.parseInt(key.substring(OFFSET.length())), Long.parseLong(value));
            } else if (key.startsWith(EVENT)) {
                events.put(Integer.parseInt(key.substring(EVENT.length())), value);
            }
        });
        return new Saved(offsets, events);
    }

    Map<String, String> toMap() {
        Map<String, String> data = new HashMap<>();
        offsets.forEach((partition, offset) -> data.put(OFFSET + partition, Long.toString(offset)));
        events.forEach((partition, event) -> data.put(EVENT + partition, event));
        return data;
    }

    /** Whether the log has the very events there that the index has; nothing saved is nothing to go on from. */
    CompletableFuture<Boolean> holds(Bus bus) {
        if (offsets.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        List<Position> places = new ArrayList<>();
        offsets.forEach((partition, offset) -> {
            if (offset > 0 && events.containsKey(partition)) {
                places.add(new Position(new Partition(Catalogue.BREADCRUMB_EVENT.name(), partition), offset - 1));
            }
        });
        return bus.ends(Catalogue.BREADCRUMB_EVENT)
                .thenCompose(ends -> places.stream()
                                .anyMatch(place ->
                                        ends.getOrDefault(place.partition().number(), 0L) <= place.offset())
                        ? CompletableFuture.completedFuture(false)
                        : bus.read(Catalogue.BREADCRUMB_EVENT, places).thenApply(found -> same(found, places)));
    }

    private boolean same(List<Breadcrumb<BreadcrumbEvent>> found, List<Position> places) {
        return found.size() == places.size()
                && found.stream()
                        .allMatch(one -> one.body()
                                .getMeta()
                                .getId()
                                .equals(events.get(one.partition().number())));
    }
}
