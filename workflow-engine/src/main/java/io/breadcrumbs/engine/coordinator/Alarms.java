package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Which run has to be looked at when: one entry a run, and one timer for all of them. One thread at a time. */
final class Alarms {

    private final Time time;
    private final Runnable ring;
    private final PriorityQueue<Alarm> queue = new PriorityQueue<>();
    private final Map<String, Long> set = new HashMap<>();
    private @Nullable Runnable cancel;
    private long armedFor = Long.MAX_VALUE;

    private record Alarm(long at, String runId) implements Comparable<Alarm> {

        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : runId.compareTo(other.runId);
        }
    }

    /** @param ring called from a timer's thread when {@link #due} has something */
    Alarms(Time time, Runnable ring) {
        this.time = time;
        this.ring = ring;
    }

    /** The run is to be looked at by then: one that looks too early sets it again. */
    void set(String runId, long at) {
        Long known = set.get(runId);
        if (known == null || at < known) {
            set.put(runId, at);
            queue.add(new Alarm(at, runId));
            tidy();
            arm();
        }
    }

    /** The run needs no looking at. */
    void clear(String runId) {
        set.remove(runId);
    }

    /** The runs that are to be looked at now; each is set again by who looks at it. */
    List<String> due() {
        List<String> runs = new ArrayList<>();
        long now = time.now().toEpochMilli();
        armedFor = Long.MAX_VALUE;
        for (Alarm next = queue.peek(); next != null && next.at() <= now; next = queue.peek()) {
            queue.remove();
            if (set.remove(next.runId(), next.at())) {
                runs.add(next.runId());
            }
        }
        arm();
        return runs;
    }

    private void arm() {
        Alarm next = queue.peek();
        if (next == null || next.at() >= armedFor) {
            return;
        }
        if (cancel != null) {
            cancel.run();
        }
        armedFor = next.at();
        long delay = Math.max(0, next.at() - time.now().toEpochMilli());
        cancel = time.after(Duration.ofMillis(delay), ring);
    }

    /** Alarms that were set again leave entries behind: not more than there are runs. */
    private void tidy() {
        if (queue.size() > 1_000 && queue.size() > 2 * set.size()) {
            queue.removeIf(alarm -> {
                Long at = set.get(alarm.runId());
                return at == null || at != alarm.at();
            });
        }
    }

    int size() {
        return set.size();
    }

    void close() {
        if (cancel != null) {
            cancel.run();
            cancel = null;
        }
        queue.clear();
        set.clear();
        armedFor = Long.MAX_VALUE;
    }

    /** The earliest of the timers that these events set and the one before; 0: there is none. */
    static long earliest(long before, List<Event> events) {
        long earliest = before == 0 ? Long.MAX_VALUE : before;
        for (Event event : events) {
            Long until = timer(event);
            earliest = until == null ? earliest : Math.min(earliest, until);
        }
        return earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    private static @Nullable Long timer(Event event) {
        return switch (event) {
            case Event.Started started -> started.deadline();
            case Event.Asked asked -> asked.request().deadline();
            case Event.Called called -> called.child().deadline();
            case Event.Waits waits -> waits.until();
            case Event.AttemptFailed failed -> failed.retryAt();
            case Event.Undoing undoing -> undoing.request().deadline();
            case Event.Retried retried -> retried.deadline();
            default -> null;
        };
    }
}
