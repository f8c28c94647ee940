package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.view.Applied;
import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.journal.UnreadableEventException;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs as the log has them: a fold of {@code workflow.event.v1}, and of the starts in {@code workflow.command.v1}
 * that nobody has decided about. Of each run it keeps a line and where its decisions stand; what they say is read from
 * the log when somebody asks, unless it is among the last.
 */
public final class RunView implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunView.class);
    private static final long RECENT_CHARACTERS = 24L << 20;

    /** After this it is a fault that the log has more than has been read. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** How long a reader waits for what was asked for before. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Bus bus;
    private final Map<String, RunLine> lines = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<RunLine.Order, RunLine>> workspaces = new ConcurrentHashMap<>();
    private final Recent recent;
    private final Applied commands = new Applied();
    private final Gone gone;
    private final Tail starts;
    private final Tail journal;

    /** Begins to read. */
    public RunView(Bus bus) {
        this(bus, RECENT_CHARACTERS);
    }

    /** @param recentCharacters so much of the last decisions is kept at hand */
    RunView(Bus bus, long recentCharacters) {
        this.bus = bus;
        recent = new Recent(recentCharacters);
        gone = new Gone(System::currentTimeMillis);
        starts = bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_COMMAND), this::command);
        journal = bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), new JournalReader(_ -> true, new Decisions()));
    }

    /** What keeps it from being asked; null if it is ready. */
    public @Nullable String missing() {
        return starts.caughtUp().isDone() && journal.caughtUp().isDone()
                ? null
                : "the runs in the log have not all been read yet";
    }

    /** Why what it shows is old; null if it is not. */
    public @Nullable String late(Instant now) {
        Instant since = journal.behindSince().orElse(now);
        return since.isBefore(now.minus(LATE)) ? "the view of runs is behind the log since " + since : null;
    }

    /** How many offsets of the log it has not read. */
    public CompletableFuture<Long> lag() {
        return bus.ends(Catalogue.WORKFLOW_EVENT)
                .thenApply(ends -> ends.entrySet().stream()
                        .mapToLong(end -> Math.max(0, end.getValue() - Math.max(0, journal.next(end.getKey()))))
                        .sum());
    }

    // ------------------------------------------------------------------ reading the log

    private void command(Breadcrumb<WorkflowCommand> breadcrumb, Position position, Lane lane) {
        WorkflowCommand command = breadcrumb.value();
        if (command != null && begins(command)) {
            accepted(command);
        }
        commands.add(position, breadcrumb.key());
    }

    private static boolean begins(WorkflowCommand command) {
        return command.getKind() == WorkflowCommandKind.START || command.getKind() == WorkflowCommandKind.FORK;
    }

    private void accepted(WorkflowCommand start) {
        String runId = start.getRunId();
        if (gone.has(runId)) {
            return; // it will not begin
        }
        lines.computeIfAbsent(
                runId, _ -> listed(RunLine.accepted(start, bus.partition(Catalogue.WORKFLOW_EVENT, runId))));
    }

    private RunLine listed(RunLine line) {
        in(line.workspace()).put(line.order(), line);
        return line;
    }

    private NavigableMap<RunLine.Order, RunLine> in(String workspace) {
        return workspaces.computeIfAbsent(workspace, _ -> new ConcurrentSkipListMap<>(RunLine.NEWEST_FIRST));
    }

    /** Takes the decisions that count, each partition's by one thread at a time. */
    private final class Decisions implements JournalReader.Listener {

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
            }
        }
    }

    // ------------------------------------------------------------------ asking

    /** The run of this id, also one that another instance has accepted just now; null if there is none. Blocks. */
    public @Nullable RunLine find(String runId) {
        RunLine known = lines.get(runId);
        if (known != null) {
            return known;
        }
        int partition = bus.partition(Catalogue.WORKFLOW_COMMAND, runId);
        long end = await(bus.ends(Catalogue.WORKFLOW_COMMAND)).getOrDefault(partition, 0L);
        seen(new Position(new io.breadcrumbs.sdk.log.Partition(Catalogue.WORKFLOW_COMMAND.name(), partition), end - 1));
        return lines.get(runId);
    }

    /** Returns when the command at this position has been read. Blocks. */
    public void seen(Position command) {
        CompletableFuture<Void> reached =
                commands.reached(Map.of(command.partition().number(), command.offset() + 1));
        try {
            await(reached);
        } finally {
            reached.cancel(false);
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LateException("what was asked for before has not been read within " + PATIENCE);
        } catch (ExecutionException e) {
            throw new LateException("the log does not say how far it goes: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LateException("interrupted");
        }
    }

    /** Whether a run of this id was deleted, so that none can begin under it for a while. */
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

    /** The decisions of a run from this event on, at most so many; the first may begin before it. */
    public CompletableFuture<List<Journal.Batch>> decisions(RunLine run, long event, int atMost) {
        List<RunLine.Place> places = run.places(event, atMost);
        List<Journal.Batch> known = recent.all(run.partition(), places);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return recorded(places)
                .thenApply(read -> read.stream().map(Journalled::batch).toList());
    }

    /** The decisions of a run from this event on, at most so many, with where they stand. */
    CompletableFuture<List<Journalled>> recorded(RunLine run, long event, int atMost) {
        return recorded(run.places(event, atMost));
    }

    private CompletableFuture<List<Journalled>> recorded(List<RunLine.Place> places) {
        List<Position> positions = places.stream().map(RunLine.Place::position).toList();
        return bus.find(Catalogue.WORKFLOW_EVENT, positions).thenApply(found -> {
            List<Journalled> all = new ArrayList<>();
            found.forEach((position, breadcrumb) ->
                    all.add(new Journalled(batch(breadcrumb), breadcrumb.body().getInstance(), position)));
            return all;
        });
    }

    private static Journal.Batch batch(Breadcrumb<WorkflowEvent> breadcrumb) {
        try {
            return Journal.batch(breadcrumb.body());
        } catch (UnreadableEventException e) {
            throw new IllegalStateException("what was read before cannot be read again", e);
        }
    }

    /** How many runs stand so, in all workspaces. */
    public long count(String status) {
        return lines.values().stream()
                .filter(line -> line.summary().status().equals(status))
                .count();
    }

    @Override
    public void close() {
        starts.close();
        journal.close();
    }
}
