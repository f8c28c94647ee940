package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.Reign;
import io.breadcrumbs.sdk.journal.UnreadableEventException;
import io.breadcrumbs.sdk.testkit.workflow.Portrait;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The reader that nothing happens to: it folds the journal as it is appended, and looks whether the laws hold. */
final class Reference {

    private final Function<String, Plan> plans;
    private final Consumer<String> bad;
    private final Map<Integer, Reign> reigns = new HashMap<>();
    private final Map<String, Run> runs = new TreeMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Set<String> decided = new HashSet<>();
    private final Map<String, Entry> ordered = new TreeMap<>();
    private final List<String> story = new ArrayList<>();

    Reference(Function<String, Plan> plans, Consumer<String> bad) {
        this.plans = plans;
        this.bad = bad;
    }

    void read(int partition, long offset, WorkflowEvent record) {
        Reign reign = reigns.computeIfAbsent(partition, _ -> new Reign());
        if (record.getKind() == WorkflowEventKind.TAKEOVER) {
            reign.takenOver(record, offset);
            return;
        }
        try {
            Journal.Batch batch = Journal.batch(record);
            Run run = runs.get(batch.runId());
            if (reign.accepts(record, run == null ? 0 : run.sequence())) {
                partitions.put(batch.runId(), partition);
                accept(batch, run == null ? new Run(batch.runId(), plans) : run);
            }
        } catch (UnreadableEventException e) {
            bad.accept("the journal cannot be read: " + e.getMessage());
        }
    }

    private void accept(Journal.Batch batch, Run run) {
        runs.put(batch.runId(), run);
        if (!decided.add(batch.runId() + " " + batch.inputId())) {
            bad.accept(batch.inputId() + " is decided twice");
        }
        for (Entry entry : batch.entries()) {
            Event event = entry.event();
            boolean over = run.status().over();
            boolean quiet = event instanceof Event.Ignored || event instanceof Event.Rejected;
            if (over && !quiet && !(event instanceof Event.Retried)) {
                bad.accept(run.id() + " goes on after its end: " + event);
            }
            if (entry.atMs() < run.at()) {
                bad.accept(run.id() + " goes back in time: " + event);
            }
            if (event instanceof Event.Asked asked
                    && run.step(asked.at().step()).given()) {
                bad.accept(run.id() + " asks again for what it was given: " + event);
            }
            String awaited = Effects.awaited(event);
            if (awaited != null) {
                ordered.put(awaited, entry);
            }
            run.apply(event, entry.atMs());
            story.add(run.id() + " <- " + batch.inputId() + " (epoch " + batch.epoch() + "): " + event);
        }
    }

    /** An owner's memory must say the same of all runs of its partition. */
    void compare(Memory memory, int partition) {
        Runs remembered = new Runs(memory, plans, runs.size() + 1);
        for (Run run : runs.values()) {
            if (partitions.getOrDefault(run.id(), -1) != partition) {
                continue;
            }
            try {
                Open open = remembered.find(run.id());
                String other = open == null ? "nothing" : Portrait.of(open.run);
                if (!other.equals(Portrait.of(run))) {
                    bad.accept(run.id() + " is remembered as " + other + ", the journal says " + Portrait.of(run));
                }
            } catch (UnreadableEventException e) {
                bad.accept(run.id() + " cannot be remembered: " + e.getMessage());
            }
        }
    }

    Map<String, Run> runs() {
        return runs;
    }

    boolean hasOrdered(String requestId) {
        return ordered.containsKey(requestId);
    }

    boolean hasDecided(String runId, String inputId) {
        return decided.contains(runId + " " + inputId);
    }

    List<String> story() {
        return story;
    }
}
