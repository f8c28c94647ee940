package io.breadcrumbs.api.view;

import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** How far each partition has been applied, and who waits for it. Thread-safe. */
public final class Applied {

    private final Map<Integer, Long> next = new HashMap<>();
    private final Map<Integer, String> events = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();

    /**
     * A record.
     *
     * @param id what was said of it
     */
    public record Last(long offset, String id) {}

    private record Waiter(Map<Integer, Long> wanted, CompletableFuture<Void> reached) {}

    /**
     * The record at this position is in; all before it in its partition are too.
     *
     * @param event its id
     */
    public void add(Position position, String event) {
        List<Waiter> over;
        synchronized (this) {
            next.put(position.partition().number(), position.offset() + 1);
            events.put(position.partition().number(), event);
            if (waiters.isEmpty()) {
                return;
            }
            over = waiters.stream().filter(waiter -> has(waiter.wanted())).toList();
            waiters.removeAll(over);
        }
        over.forEach(waiter -> waiter.reached().complete(null));
    }

    synchronized void begin(Saved saved) {
        next.putAll(saved.offsets());
        events.putAll(saved.events());
    }

    synchronized Saved save() {
        return new Saved(next, events);
    }

    /** The last record of each partition that is in. */
    public synchronized Map<Integer, Last> last() {
        Map<Integer, Last> last = new HashMap<>();
        next.forEach((partition, offset) -> {
            String id = events.get(partition);
            if (id != null) {
                last.put(partition, new Last(offset - 1, id));
            }
        });
        return last;
    }

    /** The first offset of each partition that is not in. */
    public synchronized Map<Integer, Long> next() {
        return Map.copyOf(next);
    }

    private boolean has(Map<Integer, Long> wanted) {
        return wanted.entrySet().stream().allMatch(one -> next.getOrDefault(one.getKey(), 0L) >= one.getValue());
    }

    /** Completes when all before these offsets is in. Who gives up cancels it. */
    public CompletableFuture<Void> reached(Map<Integer, Long> wanted) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        synchronized (this) {
            if (has(wanted)) {
                return CompletableFuture.completedFuture(null);
            }
            waiters.add(new Waiter(Map.copyOf(wanted), reached));
        }
        reached.whenComplete((_, _) -> {
            synchronized (this) {
                waiters.removeIf(waiter -> waiter.reached().isDone());
            }
        });
        return reached;
    }
}
