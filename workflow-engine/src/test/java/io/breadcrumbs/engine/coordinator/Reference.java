package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
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
import java.util.TreeSet;
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
    private final Set<String> everDecided = new HashSet<>();
    private final Set<String> deleted = new TreeSet<>();
    /** The keys of batches that count. */
    private final Set<String> kept = new TreeSet<>();
    /** The keys of batches that counted, of runs that are deleted. */
    private final Set<String> doomed = new TreeSet<>();

    /** The first start of each run in the log, but for those of children. */
    private final Map<String, WorkflowCommand> firstStarts = new HashMap<>();
    /** Where commands stand in the log, by run and input. */
    private final Map<String, Long> commands = new HashMap<>();
    /** The last command of each run that was decided: where it stands. */
    private final Map<String, Long> lastCommands = new HashMap<>();

    private final Map<String, Entry> ordered = new TreeMap<>();
    /** The numbers of the events by which runs were stopped. */
    private final Map<String, Set<Long>> stops = new HashMap<>();
    /** The requests that were answered by the end of a run, or by its never having begun. */
    private final Set<String> ended = new HashSet<>();

    private final Results results;
    private final List<String> story = new ArrayList<>();

    Reference(Function<String, Plan> plans, Consumer<String> bad) {
        this.plans = plans;
        this.bad = bad;
        results = new Results(bad);
    }

    /** A batch is removed: only what belongs to a deleted run may be, and its last one must be the last. */
    void removed(String key) {
        story.add("removed: " + key);
        if (kept.contains(key)) {
            bad.accept(key + " is removed, and its run is not deleted");
        }
        if (doomed.remove(key) && key.endsWith("/deleted")) {
            bad.accept(key + " is removed too early");
        }
    }

    /** A command stands in the log. */
    void asked(WorkflowCommand command, long offset) {
        commands.putIfAbsent(command.getRunId() + " command/" + command.getCommandId(), offset);
        if (command.getKind() == WorkflowCommandKind.START && command.getParentRunId() == null) {
            firstStarts.putIfAbsent(command.getRunId(), command);
        }
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
                kept.add(batch.key());
                accept(batch, run == null ? new Run(batch.runId(), plans) : run);
            }
        } catch (UnreadableEventException e) {
            bad.accept("the journal cannot be read: " + e.getMessage());
        }
    }

    /** Under an id that several choose, the first in the log begins the run. */
    private void checkFirst(String runId, Event.Started started) {
        WorkflowCommand first = firstStarts.get(runId);
        boolean same = first == null // it is on its way to the log
                || started.source().isEmpty()
                || (started.source().equals(first.getDefinition())
                        && started.input().toString().equals(first.getPayload()));
        if (!same) {
            bad.accept(runId + " is not begun by its first start in the log");
        }
    }

    private void accept(Journal.Batch batch, Run run) {
        runs.put(batch.runId(), run);
        String input = batch.runId() + " " + batch.inputId();
        boolean repeated = !everDecided.add(input); // of a run that was deleted since: what is repeated is refused
        Long place = repeated || batch.inputId().endsWith("/start") ? null : commands.get(input);
        if (place != null && place < lastCommands.getOrDefault(batch.runId(), -1L)) {
            bad.accept(input + " is decided behind a newer command");
        }
        if (place != null) {
            lastCommands.put(batch.runId(), place);
        }
        if (!decided.add(input)) {
            bad.accept(batch.inputId() + " is decided twice");
        }
        for (Entry entry : batch.entries()) {
            Event event = entry.event();
            boolean over = run.status().over();
            boolean quiet = event instanceof Event.Ignored || event instanceof Event.Rejected;
            if (over && !quiet && !(event instanceof Event.Retried) && !(event instanceof Event.Deleted)) {
                bad.accept(run.id() + " goes on after its end: " + event);
            }
            if (entry.atMs() < run.at()) {
                bad.accept(run.id() + " goes back in time: " + event);
            }
            if (event instanceof Event.Asked asked
                    && run.step(asked.at().step()).given()) {
                bad.accept(run.id() + " asks again for what it was given: " + event);
            }
            if (event instanceof Event.Started started && started.origin().parent() == null) {
                checkFirst(run.id(), started);
            }
            note(run, entry);
            results.counts(run, event);
            if (event instanceof Event.Deleted) {
                if (!over && run.exists()) {
                    bad.accept(run.id() + " is deleted, and was not over");
                }
                runs.remove(run.id());
                deleted.add(run.id());
                kept.stream().filter(key -> key.startsWith(run.id() + "/")).forEach(doomed::add);
                kept.removeAll(doomed);
                decided.removeIf(one -> one.startsWith(run.id() + " ")); // what is repeated is refused
            }
            run.apply(event, entry.atMs());
            story.add(run.id() + " <- " + batch.inputId() + " (epoch " + batch.epoch() + "): " + event);
        }
    }

    /** What an event that counts orders, before the run takes it. */
    private void note(Run run, Entry entry) {
        Event event = entry.event();
        String awaited = Effects.awaited(event);
        if (awaited != null) {
            ordered.put(awaited, entry);
        }
        if (event instanceof Event.Stopping) {
            stops.computeIfAbsent(run.id(), _ -> new HashSet<>()).add(run.sequence());
        }
        Event.Parent told = switch (event) {
            case Event.Ended _ -> run.origin().parent();
            case Event.Rejected rejected -> rejected.parent();
            default -> null;
        };
        if (told != null) {
            ended.add(told.requestId());
        }
    }

    /** An owner's memory must say the same of all runs of its partition. */
    void compare(Memory memory, int partition) {
        for (String id : deleted) {
            if (!runs.containsKey(id)
                    && (memory.head(id) != null || !memory.batches(id).isEmpty())) {
                bad.accept(id + " is deleted, and remembered as " + memory.head(id) + " with " + memory.batches(id));
            }
        }
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

    /** Nothing may be left of a deleted run but the batch that says so. */
    void checkDeleted() {
        doomed.removeIf(key -> key.endsWith("/deleted"));
        if (!doomed.isEmpty()) {
            bad.accept("the journal still has of deleted runs: " + doomed);
        }
    }

    /** Whether a run has been decided about, kept or not. */
    boolean knows(String id) {
        return runs.containsKey(id) || deleted.contains(id);
    }

    /** The runs of a partition of which nothing is left but that they were deleted. */
    List<String> deletedIn(int partition) {
        return deleted.stream()
                .filter(id -> partitions.getOrDefault(id, -1) == partition && !runs.containsKey(id))
                .toList();
    }

    /** The runs of a partition that have begun, and are not deleted. */
    List<String> keptIn(int partition) {
        return runs.values().stream()
                .filter(run -> partitions.getOrDefault(run.id(), -1) == partition && run.startedAt() > 0)
                .map(Run::id)
                .toList();
    }

    /** How often a step was given what another one gave. */
    int used() {
        return results.used();
    }

    Map<String, Run> runs() {
        return runs;
    }

    boolean hasOrdered(String requestId) {
        return ordered.containsKey(requestId);
    }

    /** Whether a run was ever stopped. */
    boolean hasStopped(String runId) {
        return stops.containsKey(runId);
    }

    /** Whether a run was stopped by the event that has this number. */
    boolean hasStopped(String runId, long sequence) {
        return stops.getOrDefault(runId, Set.of()).contains(sequence);
    }

    /** Whether a run was ever deleted. */
    boolean hasDeleted(String runId) {
        return deleted.contains(runId);
    }

    /** Whether the run that answers this request has ended, or will never begin. */
    boolean hasEnded(String requestId) {
        return ended.contains(requestId);
    }

    boolean hasDecided(String runId, String inputId) {
        return everDecided.contains(runId + " " + inputId);
    }

    List<String> story() {
        return story;
    }
}
