package io.breadcrumbs.sdk.runs.state;

import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.workflow.definition.Step;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run, with what its fold forgets: what was asked for and when, and who paused it. One thread. */
public final class Followed {

    private final Function<String, Plan> plans;
    private Run run;
    private final Map<Place, Entry> asked = new HashMap<>();
    private final Set<String> decided = new HashSet<>();
    private @Nullable Entry paused;
    private @Nullable Entry undoing;
    private Event.@Nullable Rejected rejected;
    private @Nullable String unreadable;
    private boolean started;
    private boolean deleted;

    /** Finds runs that were read. */
    @FunctionalInterface
    public interface Finder {

        /** Null if nothing was read of it. */
        @Nullable
        Followed find(String runId);
    }

    /** A run of which nothing has been read. */
    public Followed(String runId, Function<String, Plan> plans) {
        this.plans = plans;
        run = new Run(runId, plans);
    }

    /** Takes the next decision. */
    public void take(Journal.Batch batch) {
        decided.add(batch.inputId());
        batch.entries().forEach(this::take);
    }

    /** Takes the next event alone, where it does not matter what was decided by it. */
    public void take(Entry entry) {
        switch (entry.event()) {
            case Event.Started _ -> started = true;
            case Event.Asked event -> asked.put(event.at(), entry);
            case Event.Called event -> asked.put(event.at(), entry);
            case Event.Undoing _ -> undoing = entry;
            case Event.Paused _ -> paused = entry;
            case Event.Rejected no -> rejected = no;
            default -> {}
        }
        run.apply(entry.event(), entry.atMs());
    }

    /** The run was deleted: what comes now is of one that begins anew. */
    public void forget() {
        run = new Run(run.id(), plans);
        asked.clear();
        decided.clear();
        paused = null;
        undoing = null;
        rejected = null;
        unreadable = null;
        started = false;
        deleted = true;
    }

    /** This process cannot read on. */
    public void unreadable(String why) {
        unreadable = why;
    }

    public Run run() {
        return run;
    }

    /** Whether the journal has its start; one that does not may have rejected commands all the same. */
    public boolean started() {
        return started;
    }

    /** Whether the journal says that there was one before, which was deleted. */
    public boolean deleted() {
        return deleted;
    }

    /** The last command that made no sense; of a run that has not started, its start. */
    public Event.@Nullable Rejected rejected() {
        return rejected;
    }

    /** Whether the journal has decided about this input. */
    public boolean decided(String inputId) {
        return decided.contains(inputId);
    }

    /** The last time that something was asked for there, a tool or a run; null if nothing was. */
    public @Nullable Entry asked(Place place) {
        return asked.get(place);
    }

    /** The last pause. */
    public @Nullable Entry paused() {
        return paused;
    }

    /** The last request that undoes a step. */
    public @Nullable Entry undoing() {
        return undoing;
    }

    /** Why this process cannot read on; null if it can. */
    public @Nullable String unreadable() {
        return unreadable;
    }

    /** Whether there are steps that start other runs. */
    public boolean hasChildren() {
        return run.exists()
                && run.plan().definition().steps().values().stream()
                        .map(Step::work)
                        .anyMatch(work -> work instanceof Work.Child
                                || (work instanceof Work.ForEach each && each.each() instanceof Work.Child));
    }
}
