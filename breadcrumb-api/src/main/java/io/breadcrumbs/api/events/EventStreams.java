package io.breadcrumbs.api.events;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.api.stream.Source;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams of breadcrumbs' events. One reader of the log serves all of them. */
public final class EventStreams implements AutoCloseable {

    /** In place of an id: from the oldest event that there is. */
    static final String BEGINNING = "beginning";

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final Bus bus;
    private final Time time;
    private final Executor hands;
    private final Bounds bounds;
    private final Bound starts;
    private final Bound ends;
    private volatile @Nullable LatestEvents latest;
    private @Nullable Tail tail;
    private boolean closed;

    /** How many events are kept at hand, with how many characters of contexts and titles. */
    public record Bounds(int events, long characters) {

        public static final Bounds DEFAULT = new Bounds(10_000, 16L << 20);
    }

    /** Begins to read with what is written from now on. */
    public EventStreams(Bus bus, Time time, Executor hands, Bounds bounds) {
        this.bus = bus;
        this.time = time;
        this.hands = hands;
        this.bounds = bounds;
        starts = new Bound(() -> bus.starts(Catalogue.BREADCRUMB_EVENT), time);
        ends = new Bound(() -> bus.ends(Catalogue.BREADCRUMB_EVENT), time);
        hands.execute(this::begin);
    }

    private void begin() {
        bus.ends(Catalogue.BREADCRUMB_EVENT).thenAccept(this::follow).whenComplete((_, failure) -> {
            if (failure != null && !isClosed()) {
                LOG.atDebug().addKeyValue("event", "streams-wait").log("streams begin later: {}", failure.toString());
                time.after(AGAIN, () -> hands.execute(this::begin));
            }
        });
    }

    private synchronized void follow(Map<Integer, Long> ends) {
        if (!closed) {
            LatestEvents events = new LatestEvents(Place.of(ends), bounds.events(), bounds.characters());
            tail = bus.tail(new TailFrom<>(Catalogue.BREADCRUMB_EVENT, ends), events);
            latest = events;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** What keeps streams from being opened; null if nothing does. */
    public @Nullable String missing() {
        return latest == null ? "the end of the breadcrumbs' events has not been found yet" : null;
    }

    /** How many watch. */
    public int watchers() {
        LatestEvents events = latest;
        return events == null ? 0 : events.watchers();
    }

    /**
     * The events that somebody watches. Blocks for a moment if it is said from where on.
     *
     * @param from the id of the last event that was seen, or {@link #BEGINNING}; null: from now on
     * @throws ProblemException if it cannot go on from there
     */
    Source source(Watch watch, @Nullable String from) {
        return from(watch, from == null ? known().end() : place(from));
    }

    /** The events behind a place that the log has. */
    Source from(Watch watch, Place seen) {
        return new EventSource(known(), bus, watch, seen);
    }

    private LatestEvents known() {
        LatestEvents events = latest;
        if (events == null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, String.valueOf(missing()));
        }
        return events;
    }

    /** The log is asked only for what the latest events do not tell: many may come back at once. */
    private Place place(String from) {
        if (from.equals(BEGINNING)) {
            return starts.now();
        }
        LatestEvents events = known();
        Place end = events.end();
        Place place = Place.of(from, end.partitions());
        return Place.checked(
                from, place.covers(events.before()) ? place : starts.now(), end.covers(place) ? end : ends.now());
    }

    @Override
    public void close() {
        Tail following;
        synchronized (this) {
            closed = true;
            following = tail;
        }
        if (following != null) {
            following.close();
        }
    }
}
