package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.WorkflowEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal in its order, as soon as it is certain: an acknowledged record is read at once if it is exactly the next
 * one, any other when the log brings it. One thread at a time.
 */
final class ReadBack {

    private final ObjLongConsumer<WorkflowEvent> reader;
    private final TreeMap<Long, @Nullable WorkflowEvent> acknowledged = new TreeMap<>();
    private long next;

    /** @param next the first offset that is read */
    ReadBack(long next, ObjLongConsumer<WorkflowEvent> reader) {
        this.next = next;
        this.reader = reader;
    }

    /** A record of this process stands there; null: a tombstone, which nobody reads. */
    void acknowledged(@Nullable WorkflowEvent event, long offset) {
        if (offset >= next) {
            acknowledged.put(offset, event);
            follow();
        }
    }

    /** The log brings the record that stands there, or a tombstone; whatever is missing before it does not exist. */
    void fetched(@Nullable WorkflowEvent event, long offset) {
        if (offset >= next) {
            acknowledged.headMap(offset, true).clear();
            read(event, offset);
            follow();
        }
    }

    private void follow() {
        for (Map.Entry<Long, @Nullable WorkflowEvent> first = acknowledged.firstEntry();
                first != null && first.getKey() == next;
                first = acknowledged.firstEntry()) {
            acknowledged.pollFirstEntry();
            read(first.getValue(), first.getKey());
        }
    }

    private void read(@Nullable WorkflowEvent event, long offset) {
        next = offset + 1;
        if (event != null) {
            reader.accept(event, offset);
        }
    }
}
