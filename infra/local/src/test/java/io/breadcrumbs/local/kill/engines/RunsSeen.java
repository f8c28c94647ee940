package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the journal says of all runs, as it grows. */
final class RunsSeen implements JournalReader.Listener {

    private static final Story NOTHING = new Story();

    private final Map<String, Story> stories = new ConcurrentHashMap<>();
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ended = new AtomicInteger();

    /** What was decided about a run. Guarded by itself. */
    static final class Story {

        private final List<Event.Ended> ends = new ArrayList<>();
        private final List<Event.Failed> failures = new ArrayList<>();
        private final Map<Place, Integer> completed = new HashMap<>();
        private final NavigableSet<Long> times = new TreeSet<>();
        private long askedMs = Long.MAX_VALUE;
        private int starts;

        private synchronized boolean add(Entry entry) {
            times.add(entry.atMs());
            switch (entry.event()) {
                case Event.Started _ -> starts++;
                case Event.Completed done -> completed.merge(done.at(), 1, Integer::sum);
                case Event.Failed failed -> failures.add(failed);
                case Event.Ended end -> {
                    ends.add(end);
                    return ends.size() == 1;
                }
                default -> {}
            }
            return false;
        }

        synchronized List<Event.Ended> ends() {
            return List.copyOf(ends);
        }

        synchronized List<Event.Failed> failures() {
            return List.copyOf(failures);
        }

        synchronized int starts() {
            return starts;
        }

        /** Steps, and elements, that have more than one result. */
        synchronized List<Place> completedTwice() {
            return completed.entrySet().stream()
                    .filter(place -> place.getValue() > 1)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** From the first decision to the last. */
        synchronized long tookMs() {
            return times.isEmpty() ? 0 : times.last() - times.first();
        }

        /** How long after this moment it went on; 0 if nobody had asked for it, or it was over, or has not gone on. */
        synchronized long wentOnAfterMs(long moment) {
            Long next = since() < moment ? times.ceiling(moment) : null;
            return next == null ? 0 : next - moment;
        }

        /** Whether it waits since this moment, or longer. */
        private synchronized boolean waitsSince(long moment) {
            return ends.isEmpty() && since() < moment && times.ceiling(moment) == null;
        }

        private long since() {
            return times.isEmpty() ? askedMs : Math.min(askedMs, times.first());
        }

        private synchronized void asked(long atMs) {
            askedMs = atMs;
        }
    }

    /** The log has acknowledged that this run shall start. */
    void asked(String runId) {
        Story story = stories.computeIfAbsent(runId, _ -> new Story());
        story.asked(System.currentTimeMillis());
        if (story.ends().isEmpty()) {
            open.add(runId);
        }
    }

    @Override
    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
        Story story = stories.computeIfAbsent(batch.runId(), _ -> new Story());
        open.add(batch.runId());
        for (Entry entry : batch.entries()) {
            if (story.add(entry)) {
                ended.incrementAndGet();
            }
        }
        if (!story.ends().isEmpty()) {
            open.remove(batch.runId());
        }
    }

    @Override
    public void unreadable(String runId, String why) {
        unreadable.put(runId, why);
    }

    /** How many runs have ended. */
    int ended() {
        return ended.get();
    }

    /** Those that have not. */
    Set<String> open() {
        return open;
    }

    /** Whether every run that was open at this moment has gone on since. */
    boolean allWentOnSince(long moment) {
        return open.stream().noneMatch(run -> stories.getOrDefault(run, NOTHING).waitsSince(moment));
    }

    /** How long after this moment the last of the runs went on that were open then. */
    long lastWentOnAfterMs(long moment) {
        return stories.values().stream()
                .mapToLong(story -> story.wentOnAfterMs(moment))
                .max()
                .orElse(0);
    }

    Map<String, Story> stories() {
        return stories;
    }

    Map<String, String> unreadable() {
        return unreadable;
    }
}
