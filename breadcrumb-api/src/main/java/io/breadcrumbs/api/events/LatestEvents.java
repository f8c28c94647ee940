package io.breadcrumbs.api.events;

import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest events, in the order in which this process read them, numbered from 0 on. What is too old for it can be
 * read from the log. Guarded by its monitor, under which it calls nobody.
 */
final class LatestEvents implements TailReader<BreadcrumbEvent> {

    /** What is nowhere in it. */
    static final long GONE = -1;

    /** Viewers who select nothing of what comes go along with it after so many at the latest. */
    private static final int ALL_AFTER = 500;

    private final long mostCharacters;
    /** Each at its number, modulo how many there may be. */
    private final @Nullable One[] events;

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private long first;
    private long next;
    private long characters;
    /** What has been read before the first. */
    private Place before;

    private Place now;

    /**
     * One of them.
     *
     * @param after what has been read when the event has
     */
    record One(Told told, Place after) {}

    private record Watcher(String workspace, Runnable wake, Object itself) {}

    /**
     * Some of the events.
     *
     * @param next the number of the one behind them
     */
    record Stretch(List<One> events, long next) {}

    /**
     * @param begin where its reader begins
     * @param mostCharacters of contexts and titles together; the newest event is kept however large it is
     */
    LatestEvents(Place begin, int most, long mostCharacters) {
        events = new One[most];
        this.mostCharacters = mostCharacters;
        before = begin;
        now = begin;
    }

    // ------------------------------------------------------------------ what comes

    @Override
    public void read(Breadcrumb<BreadcrumbEvent> breadcrumb, Position position, Lane lane) {
        BreadcrumbEvent event = breadcrumb.value();
        if (event == null || !Told.tells(event)) {
            pass(position);
            return;
        }
        long number = add(new Told(event, position));
        String workspace = event.getMeta().getWorkspace();
        boolean all = number % ALL_AFTER == 0;
        for (Watcher watcher : watchers) {
            if (all || watcher.workspace().equals(workspace)) {
                watcher.wake().run();
            }
        }
    }

    @Override
    public void unreadable(Position position, String reason) {
        pass(position); // whoever reads it from the log does not find it either
    }

    private synchronized void pass(Position position) {
        now = now.with(position.partition().number(), position.offset() + 1);
    }

    private synchronized long add(Told told) {
        now = now.with(told.partition(), told.offset() + 1);
        if (next - first == events.length) {
            forget();
        }
        events[slot(next)] = new One(told, now);
        characters += size(told);
        next++;
        while (characters > mostCharacters && next - first > 1) {
            forget();
        }
        return next - 1;
    }

    private void forget() {
        One oldest = at(first);
        events[slot(first)] = null;
        characters -= size(oldest.told());
        before = oldest.after();
        first++;
    }

    private int slot(long number) {
        return (int) (number % events.length);
    }

    private One at(long number) {
        return Objects.requireNonNull(events[slot(number)]);
    }

    private static long size(Told told) {
        String context = told.event().getContext();
        String title = told.event().getTitle();
        return (context == null ? 0L : context.length()) + (title == null ? 0L : title.length());
    }

    // ------------------------------------------------------------------ what is here

    /** What must have been seen by who goes on here. */
    synchronized Place before() {
        return before;
    }

    /** What somebody has seen that wants to see what comes. */
    synchronized Place end() {
        return now;
    }

    /** The number of the first event that is needed by who has seen so much; {@link #GONE} if more than these are. */
    synchronized long after(Place seen) {
        if (!seen.covers(before)) {
            return GONE;
        }
        long low = first;
        long high = next;
        while (low < high) { // what was read by then only grows
            long middle = (low + high) >>> 1;
            if (seen.covers(at(middle).after())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The events from a number on, at most so many; null if they are not here any more. */
    synchronized @Nullable Stretch from(long number, int atMost) {
        if (number < first) {
            return null;
        }
        List<One> some = new ArrayList<>();
        for (long i = number; i < Math.min(next, number + atMost); i++) {
            some.add(at(i));
        }
        return new Stretch(some, number + some.size());
    }

    /** From now on this is called when there is more for a workspace. */
    Runnable watch(String workspace, Runnable wake) {
        Watcher watcher = new Watcher(workspace, wake, new Object());
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    int watchers() {
        return watchers.size();
    }
}
