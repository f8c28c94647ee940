package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A clock that a test turns. Guarded by its monitor, under which no timer runs. */
public final class ManualTime implements Time {

    private final TreeMap<Instant, List<Runnable>> timers = new TreeMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Instant at = now.plus(delay);
        timers.computeIfAbsent(at, _ -> new ArrayList<>()).add(task);
        return () -> cancel(at, task);
    }

    private synchronized void cancel(Instant at, Runnable task) {
        List<Runnable> same = timers.get(at);
        if (same != null && same.remove(task) && same.isEmpty()) {
            timers.remove(at);
        }
    }

    /** How many timers wait. */
    public synchronized int timers() {
        return timers.values().stream().mapToInt(List::size).sum();
    }

    public void advance(Duration by) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            now = now.plus(by);
            Map<Instant, List<Runnable>> past = timers.headMap(now, true);
            past.values().forEach(due::addAll);
            past.clear();
        }
        due.forEach(Runnable::run);
    }
}
