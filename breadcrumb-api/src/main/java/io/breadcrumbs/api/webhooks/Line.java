package io.breadcrumbs.api.webhooks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The posts of one subscription: those about one breadcrumb one after another, of all others so many at once. A post
 * that waits for its next attempt holds up its breadcrumb's only. Guarded by its monitor, under which it calls nobody.
 */
final class Line {

    /** Attempts at once. */
    private static final int AT_ONCE = 8;

    private final int most;
    /** By breadcrumb, in order; the first of each is under way, or ready. */
    private final Map<String, Deque<Job>> open = new HashMap<>();

    private final Deque<Job> ready = new ArrayDeque<>();
    private int size;
    private int underWay;

    Line(int most) {
        this.most = most;
    }

    /** Takes a job; false if there is no room. */
    synchronized boolean add(Job job) {
        if (size == most) {
            return false;
        }
        size++;
        Deque<Job> same = open.computeIfAbsent(job.about(), _ -> new ArrayDeque<>());
        same.add(job);
        if (same.size() == 1) {
            ready.add(job);
        }
        return true;
    }

    /** The next to be attempted now; null if there is none, or enough are under way. */
    synchronized @Nullable Job next() {
        if (underWay == AT_ONCE || ready.isEmpty()) {
            return null;
        }
        underWay++;
        Job job = ready.remove();
        job.tries();
        return job;
    }

    /** An attempt failed; the next one comes when {@link #again} says so. */
    synchronized void waits(Job job) {
        underWay--;
        job.waits();
    }

    /** It has waited long enough, if it is still here. */
    synchronized void again(Job job) {
        if (job.waiting()) {
            job.ready();
            ready.addFirst(job);
        }
    }

    /** It is over, whatever came of it. */
    synchronized void over(Job job) {
        underWay--;
        remove(job);
    }

    private void remove(Job job) {
        size--;
        ready.remove(job);
        Deque<Job> same = Objects.requireNonNull(open.get(job.about()));
        boolean first = job.equals(same.peek());
        same.remove(job);
        Job next = same.peek();
        if (next == null) {
            open.remove(job.about());
        } else if (first) {
            ready.add(next);
        }
    }

    /** Takes out what is not under way: of all events, or of those that go to another instance. */
    synchronized List<Job> drop(boolean all) {
        List<Job> dropped = new ArrayList<>();
        for (Deque<Job> same : open.values()) {
            for (Job job : same) {
                boolean idle = job.waiting() || ready.contains(job) || !job.equals(same.peek());
                if (idle && (all || job.handed().leaving())) {
                    dropped.add(job);
                }
            }
        }
        for (Job job : dropped) {
            remove(job);
            job.ready(); // its timer finds nothing to do
        }
        return dropped;
    }
}
