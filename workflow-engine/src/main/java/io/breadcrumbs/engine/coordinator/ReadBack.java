package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.WorkflowEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * The journal in its order, as soon as it is certain: an acknowledged record is read at once if it is exactly the next
 * one, any other when the log brings it. One thread at a time.
 */
final class ReadBack {

    private final ObjLongConsumer<WorkflowEvent> reader;
    private final TreeMap<Long, WorkflowEvent> acknowledged = new TreeMap<>();
    private long next;

    /** @param next the first offset that is read */
    ReadBack(long next, ObjLongConsumer<WorkflowEvent> reader) {
        this.next = next;
        this.reader = reader;
    }

    /** A record of this process stands there. */
    void acknowledged(WorkflowEvent event, long offset) {
        if (offset >= next) {
            acknowledged.put(offset, event);
            follow();
        }
    }

    /** The log brings the record that stands there; whatever is missing before it does not exist. */
    void fetched(WorkflowEvent event, long offset) {
        if (offset >= next) {
            acknowledged.headMap(offset, true).clear();
            next = offset + 1;
            reader.accept(event, offset);
            follow();
        }
    }

    private void follow() {
        for (Map.Entry<Long, WorkflowEvent> first = acknowledged.firstEntry();
                first != null && first.getKey() == next;
                first = acknowledged.firstEntry()) {
            acknowledged.pollFirstEntry();
            next++;
            reader.accept(first.getValue(), first.getKey());
        }
    }
}
