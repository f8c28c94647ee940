package io.breadcrumbs.engine.mailbox;

import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Which run has to be looked at when: one entry each, and one timer for all of them. One thread at a time. */
public final class Alarms {

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
    public Alarms(Time time, Runnable ring) {
        this.time = time;
        this.ring = ring;
    }

    /** The run is to be looked at by then: one that looks too early sets it again. */
    public void set(String runId, long at) {
        Long known = set.get(runId);
        if (known == null || at < known) {
            set.put(runId, at);
            queue.add(new Alarm(at, runId));
            tidy();
            arm();
        }
    }

    /** The run needs no looking at. */
    public void clear(String runId) {
        set.remove(runId);
    }

    /** The runs that are to be looked at now; each is set again by who looks at it. */
    public List<String> due() {
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

    public int size() {
        return set.size();
    }

    public void close() {
        if (cancel != null) {
            cancel.run();
            cancel = null;
        }
        queue.clear();
        set.clear();
        armedFor = Long.MAX_VALUE;
    }
}
