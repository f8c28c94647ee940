package io.breadcrumbs.sdk.testkit.workflow;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.util.ArrayList;
import java.util.List;

/** A run that is told event by event, for who shows or explains runs. Times are milliseconds since {@link #START}. */
public final class Story {

    public static final long START = 1_900_000_000_000L;

    /** A failure that a retry can mend. */
    public static final RunError WHY = new RunError(RunError.RUNTIME, "BROKEN", "it is broken", true);

    private final String id;
    private final Followed run;
    private final List<Journalled> decisions = new ArrayList<>();
    private long sequence;

    private Story(String id) {
        this.id = id;
        run = new Followed(id, new Plans(new CelConditions()));
    }

    /** A run that has just begun. */
    public static Story of(String id, String source) {
        return new Story(id)
                .then(
                        0,
                        new Event.Started(
                                source, Value.of("{}"), new Event.Origin("story", "ada", null, 0), null, List.of()));
    }

    /** A run of which nothing is in the journal. */
    public static Story untold(String id) {
        return new Story(id);
    }

    /** A decision that has these events. */
    public Story then(long at, Event... events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new Entry(event, START + at, new Entry.Destination("topic", 0)));
        }
        Journal.Batch batch =
                new Journal.Batch(id, "default", 7, sequence, "input/" + decisions.size(), -1, 0, entries);
        sequence += events.length;
        decisions.add(new Journalled(batch, "engine-1", new Position(new Partition("workflow.event.v1", 3), 40)));
        run.take(batch);
        return this;
    }

    /** How it stands now. */
    public Followed run() {
        return run;
    }

    /** What was decided so far. */
    public List<Journalled> decisions() {
        return decisions;
    }

    /** A step asks for a tool. */
    public static Event asked(String step, String tool, String pool) {
        return new Event.Asked(Place.of(step), 1, request(step, tool, pool));
    }

    /** A request that is given up after an hour. */
    public static Event.Request request(String step, String tool, String pool) {
        return new Event.Request(step + "-request", tool, null, pool, true, false, Value.of("{}"), START + 3_600_000);
    }

    /** A step asks for a run, which is given up after an hour. */
    public static Event called(String step, String childId) {
        return new Event.Called(
                Place.of(step),
                1,
                new Event.Child(step + "-request", childId, null, "{}", Value.of("{}"), START + 3_600_000));
    }
}
