package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.journal.JournalReader.Standing;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of all runs. Each partition's decisions are taken by one thread at a time; any thread looks. */
final class Lines implements JournalReader.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

    private final Map<String, RunLine> lines = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<RunLine.Order, RunLine>> workspaces = new ConcurrentHashMap<>();
    private final Recent recent;
    private final Gone gone;
    private final OpenRuns open = new OpenRuns();

    /** @param recentCharacters so much of the last decisions is kept at hand */
    Lines(Time time, long recentCharacters) {
        recent = new Recent(recentCharacters);
        gone = new Gone(() -> time.now().toEpochMilli());
    }

    // ------------------------------------------------------------------ in

    /** A start is durable; nobody may have decided about it. */
    void accepted(WorkflowCommand start, int partition, long offset) {
        String runId = start.getRunId();
        if (gone.has(runId)) {
            return; // it will not begin
        }
        RunLine line = lines.computeIfAbsent(runId, _ -> listed(RunLine.accepted(start, partition)));
        line.startsAt(offset);
        line.count(open);
    }

    private RunLine listed(RunLine line) {
        in(line.workspace()).put(line.order(), line);
        return line;
    }

    private NavigableMap<RunLine.Order, RunLine> in(String workspace) {
        return workspaces.computeIfAbsent(workspace, _ -> new ConcurrentSkipListMap<>(RunLine.NEWEST_FIRST));
    }

    @Override
    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
        gone.remove(batch.runId());
        int partition = position.partition().number();
        recent.put(partition, position.offset(), batch);
        RunLine line = lines.computeIfAbsent(batch.runId(), _ -> listed(RunLine.of(batch, partition)));
        if (line.dead()) {
            return; // it cannot be read on
        }
        RunLine.Order before = line.order();
        String workspace = line.workspace();
        line.take(batch, position.offset());
        line.count(open);
        if (!line.order().equals(before) || !line.workspace().equals(workspace)) {
            in(workspace).remove(before);
            listed(line);
        }
        line.watchers().forEach(Runnable::run);
    }

    @Override
    public void deleted(String runId) {
        gone.add(runId);
        RunLine line = lines.remove(runId);
        if (line != null) {
            in(line.workspace()).remove(line.order());
            line.die();
            line.count(open);
            line.watchers().forEach(Runnable::run);
        }
    }

    @Override
    public void unreadable(String runId, String why) {
        LOG.atError()
                .addKeyValue("event", "run-unreadable")
                .addKeyValue("run", runId)
                .log("this process is too old to show the run: {}", why);
        RunLine line = lines.get(runId);
        if (line != null) {
            line.die();
            line.count(open);
        }
    }

    /** Takes what was saved; how far each run is, by partition. */
    Map<Integer, Map<String, Standing>> restore(Map<String, Long> savedGone, Collection<RunLine> saved) {
        gone.addAll(savedGone);
        Map<Integer, Map<String, Standing>> standings = new HashMap<>();
        for (RunLine line : saved) {
            lines.put(line.runId(), listed(line));
            line.count(open);
            Standing standing = line.standing();
            if (standing != null) {
                standings
                        .computeIfAbsent(line.partition(), _ -> new HashMap<>())
                        .put(line.runId(), standing);
            }
        }
        return standings;
    }

    // ------------------------------------------------------------------ out

    @Nullable
    RunLine find(String runId) {
        return lines.get(runId);
    }

    Collection<RunLine> all() {
        return lines.values();
    }

    /** When each run was deleted. */
    Map<String, Long> gone() {
        return gone.all();
    }

    boolean wasDeleted(String runId) {
        return gone.has(runId);
    }

    /** The newest runs of a workspace that are so, behind that one. */
    List<RunLine> page(String workspace, Predicate<RunLine> wanted, RunLine.@Nullable Order behind, int atMost) {
        NavigableMap<RunLine.Order, RunLine> all = in(workspace);
        List<RunLine> page = new ArrayList<>();
        for (RunLine line : (behind == null ? all : all.tailMap(behind, false)).values()) {
            if (wanted.test(line)) {
                page.add(line);
                if (page.size() == atMost) {
                    break;
                }
            }
        }
        return page;
    }

    /** The decisions at these places; null unless all of them are at hand. */
    @Nullable
    List<Journal.Batch> recent(RunLine run, List<RunLine.Place> places) {
        return recent.all(run.partition(), places);
    }

    /** How many runs that are not over somebody has started in a workspace. */
    int open(String workspace, String by) {
        return open.of(new OpenRuns.Starter(workspace, by));
    }

    /** How many runs stand so, in all workspaces. */
    long count(String status) {
        return lines.values().stream()
                .filter(line -> line.summary().status().equals(status))
                .count();
    }
}
