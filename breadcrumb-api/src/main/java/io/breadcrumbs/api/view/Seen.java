package io.breadcrumbs.api.view;

import io.breadcrumbs.sdk.log.Position;
import java.util.HashMap;
import java.util.Map;

/** What a reader must see: all before these offsets of its partitions. */
public record Seen(Map<Integer, Long> offsets) {

    /** Whatever is there. */
    public static final Seen NOTHING = new Seen(Map.of());

    public Seen {
        offsets = Map.copyOf(offsets);
    }

    /** The record at this position too. */
    public Seen and(Position position) {
        Map<Integer, Long> more = new HashMap<>(offsets);
        more.merge(position.partition().number(), position.offset() + 1, Math::max);
        return new Seen(more);
    }

    public Seen and(Seen other) {
        Map<Integer, Long> more = new HashMap<>(offsets);
        other.offsets.forEach((partition, offset) -> more.merge(partition, offset, Math::max));
        return new Seen(more);
    }
}
