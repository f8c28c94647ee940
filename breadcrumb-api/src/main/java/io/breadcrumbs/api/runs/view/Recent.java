package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decisions that were read or looked at last: most viewers want those. Bounded; any thread. */
final class Recent {

    /** What an event holds beside its large texts. */
    private static final int AN_EVENT = 300;

    private final long bound;
    private final Map<Place, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private record Place(int partition, long offset) {}

    private record Kept(Journal.Batch batch, long weight) {}

    /** @param bound of characters, about */
    Recent(long bound) {
        this.bound = bound;
    }

    synchronized void put(int partition, long offset, Journal.Batch batch) {
        Kept fresh = new Kept(batch, weight(batch));
        Kept before = kept.put(new Place(partition, offset), fresh);
        weight += fresh.weight() - (before == null ? 0 : before.weight());
        Iterator<Kept> eldest = kept.values().iterator();
        while (weight > bound && kept.size() > 1) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }

    private static long weight(Journal.Batch batch) {
        long all = 0;
        for (Entry entry : batch.entries()) {
            all += AN_EVENT
                    + switch (entry.event()) {
                        case Event.Started started ->
                            started.source().length() + started.input().length();
                        case Event.Asked asked -> asked.request().input().length();
                        case Event.Called called -> called.child().input().length();
                        case Event.Opened opened -> opened.items().length();
                        case Event.Completed completed -> length(completed.output());
                        case Event.Signalled signalled -> signalled.payload().length();
                        case Event.Ended ended -> length(ended.output());
                        default -> 0;
                    };
        }
        return all;
    }

    private static int length(@Nullable Value value) {
        return value == null ? 0 : value.length();
    }

    /** Those at these places; null unless all of them are here. */
    synchronized @Nullable List<Journal.Batch> all(int partition, List<RunLine.Place> places) {
        List<Journal.Batch> found = new ArrayList<>(places.size());
        for (RunLine.Place place : places) {
            Kept one = kept.get(new Place(partition, place.position().offset()));
            if (one == null) {
                return null;
            }
            found.add(one.batch());
        }
        return found;
    }

    synchronized int size() {
        return kept.size();
    }
}
