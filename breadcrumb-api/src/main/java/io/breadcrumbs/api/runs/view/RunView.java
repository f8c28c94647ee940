package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.api.runs.view.Marks.Mark;
import io.breadcrumbs.api.runs.view.Marks.Place;
import io.breadcrumbs.api.view.Applied;
import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.journal.JournalReader.Standing;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.journal.UnreadableEventException;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs as the log has them: a fold of {@code workflow.event.v1}, and of the starts in {@code workflow.command.v1}
 * that nobody has decided about. Of each run it keeps a line and where its decisions stand; what they say is read from
 * the log when somebody asks, unless it is among the last.
 *
 * <p>It saves its lines beside how far it is, and begins there if the log still has what was read last; else it begins
 * anew.
 */
public final class RunView implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunView.class);
    private static final long RECENT_CHARACTERS = 24L << 20;

    /** How long a reader waits for what was asked for before. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofMillis(250);

    /** What is not saved is read again after a crash; what is saved costs the disk. */
    private static final Duration SAVE_EVERY = Duration.ofSeconds(30);

    /** Saving takes at most about one part in so many of the time. */
    private static final int SAVE_SELDOM = 20;

    private final Bus bus;
    private final Time time;
    private final Executor hands;
    private final Path file;
    private final Lines lines;
    private final Applied commands = new Applied();
    private final Applied decisions = new Applied();
    private final JournalReader reader;
    private volatile @Nullable Tails tails;
    private Marks saved = Marks.NONE;
    private volatile boolean closed;

    private record Tails(Tail starts, Tail journal) {}

    /**
     * Begins to read.
     *
     * @param folder in which it keeps what it knows; nothing else may be in it
     */
    public RunView(Bus bus, Time time, Executor hands, Path folder) throws IOException {
        this(bus, time, hands, folder, RECENT_CHARACTERS);
    }

    /** @param recentCharacters so much of the last decisions is kept at hand */
    RunView(Bus bus, Time time, Executor hands, Path folder, long recentCharacters) throws IOException {
        this.bus = bus;
        this.time = time;
        this.hands = hands;
        file = Files.createDirectories(folder).resolve("runs");
        lines = new Lines(time, recentCharacters);
        reader = new JournalReader(_ -> true, lines);
        hands.execute(() -> begin(stored()));
    }

    /** What keeps it from being asked; null if it is ready. */
    public @Nullable String missing() {
        Tails reading = tails;
        return reading != null
                        && reading.starts().caughtUp().isDone()
                        && reading.journal().caughtUp().isDone()
                ? null
                : "the runs in the log have not all been read yet";
    }

    /** Since when the log has had more than it has read; empty if nothing is known of more. */
    public Optional<Instant> behindSince() {
        Tails reading = tails;
        Stream<Tail> both = reading == null ? Stream.empty() : Stream.of(reading.starts(), reading.journal());
        return both.flatMap(tail -> tail.behindSince().stream()).min(Instant::compareTo);
    }

    /** How many offsets of the log it has not read. Fails while it has not begun to. */
    public CompletableFuture<Long> lag() {
        Tails reading = tails;
        return reading == null
                ? CompletableFuture.failedFuture(new LateException("the view of runs has not begun"))
                : reading.starts().lag().thenCombine(reading.journal().lag(), Long::sum);
    }

    // ------------------------------------------------------------------ beginning, and saving

    private SavedView stored() {
        try {
            return Files.exists(file) ? SavedView.read(file) : SavedView.NOTHING;
        } catch (IOException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("event", "view-unreadable")
                    .log(
                            "what was saved of the view of runs cannot be read, the log is read instead: {}",
                            e.toString());
            return SavedView.NOTHING;
        }
    }

    private void begin(SavedView stored) {
        stored.marks().holds(bus, time.now()).whenComplete((holds, failure) -> {
            if (failure == null) {
                hands.execute(() -> follow(holds ? stored : SavedView.NOTHING));
            } else if (!closed) {
                LOG.atDebug().addKeyValue("event", "view-waits").log("the view begins later: {}", failure.toString());
                time.after(AGAIN, () -> hands.execute(() -> begin(stored)));
            }
        });
    }

    private void follow(SavedView stored) {
        restore(stored);
        synchronized (this) {
            if (closed) {
                return;
            }
            saved = stored.marks();
            tails = new Tails(
                    bus.tail(from(Catalogue.WORKFLOW_COMMAND, Mark::commands), this::command),
                    bus.tail(from(Catalogue.WORKFLOW_EVENT, Mark::journal), (breadcrumb, position, lane) -> {
                        reader.read(breadcrumb, position, lane);
                        decisions.add(position, breadcrumb.key());
                    }));
        }
        saveAfter(SAVE_EVERY);
    }

    private <V extends SpecificRecord> TailFrom<V> from(Topic<V> topic, Function<Mark, @Nullable Place> which) {
        Map<Integer, Long> offsets = new HashMap<>();
        saved.partitions().forEach((partition, mark) -> {
            Place place = which.apply(mark);
            if (place != null) {
                offsets.put(partition, place.next());
            }
        });
        return new TailFrom<>(topic, offsets, TailFrom.BEGINNING);
    }

    private void restore(SavedView stored) {
        Map<Integer, Map<String, Standing>> standings = lines.restore(stored.gone(), stored.lines());
        stored.marks().partitions().forEach((partition, mark) -> {
            reader.restore(partition, mark.rule(), standings.getOrDefault(partition, Map.of()));
            resume(commands, Catalogue.WORKFLOW_COMMAND, partition, mark.commands());
            resume(decisions, Catalogue.WORKFLOW_EVENT, partition, mark.journal());
        });
    }

    private static void resume(Applied applied, Topic<?> topic, int partition, @Nullable Place place) {
        if (place != null) {
            applied.add(new Position(new Partition(topic.name(), partition), place.next() - 1), place.last());
        }
    }

    private void saveAfter(Duration delay) {
        time.after(
                delay,
                () -> hands.execute(() -> {
                    if (!closed) {
                        Instant began = time.now();
                        save();
                        Duration took = Duration.between(began, time.now()).multipliedBy(SAVE_SELDOM);
                        saveAfter(took.compareTo(SAVE_EVERY) > 0 ? took : SAVE_EVERY);
                    }
                }));
    }

    /**
     * What is read while this saves may be in the lines too: it is read again then, and does not count twice. A run
     * that this process cannot read must be read again by one that can: then nothing is saved.
     */
    private synchronized void save() {
        Marks now = marks();
        if (missing() != null
                || now.partitions().equals(saved.partitions())
                || lines.all().stream().anyMatch(RunLine::dead)) {
            return;
        }
        try {
            new SavedView(now, lines.gone(), lines.all()).write(file);
            saved = now;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("event", "view-not-saved")
                    .log("the view of runs cannot be saved, the next start reads more of the log: {}", e.toString());
        }
    }

    private Marks marks() {
        Map<Integer, Place> commandsTo = places(commands);
        Map<Integer, Place> decisionsTo = places(decisions);
        Set<Integer> partitions = new HashSet<>(commandsTo.keySet());
        partitions.addAll(decisionsTo.keySet());
        Map<Integer, Mark> marks = new HashMap<>();
        partitions.forEach(partition -> marks.put(
                partition, new Mark(commandsTo.get(partition), decisionsTo.get(partition), reader.rule(partition))));
        return new Marks(time.now(), marks);
    }

    private static Map<Integer, Place> places(Applied applied) {
        Map<Integer, Place> places = new HashMap<>();
        applied.last().forEach((partition, last) -> places.put(partition, new Place(last.offset() + 1, last.id())));
        return places;
    }

    // ------------------------------------------------------------------ reading the log

    private void command(Breadcrumb<WorkflowCommand> breadcrumb, Position position, Lane lane) {
        WorkflowCommand command = breadcrumb.value();
        if (command != null && begins(command)) {
            int partition = bus.partition(Catalogue.WORKFLOW_EVENT, command.getRunId());
            boolean isIts = position.partition().number() == partition; // no client may put it elsewhere, but could
            lines.accepted(command, partition, isIts ? position.offset() : -1);
        }
        commands.add(position, breadcrumb.key());
    }

    private static boolean begins(WorkflowCommand command) {
        return command.getKind() == WorkflowCommandKind.START || command.getKind() == WorkflowCommandKind.FORK;
    }

    // ------------------------------------------------------------------ asking

    /** The run of this id, also one that another instance has accepted just now; null if there is none. Blocks. */
    public @Nullable RunLine find(String runId) {
        RunLine known = lines.find(runId);
        if (known != null) {
            return known;
        }
        int partition = bus.partition(Catalogue.WORKFLOW_COMMAND, runId);
        long end = await(bus.end(Catalogue.WORKFLOW_COMMAND, partition));
        seen(new Position(new Partition(Catalogue.WORKFLOW_COMMAND.name(), partition), end - 1));
        return lines.find(runId);
    }

    /** Returns when the command at this position has been read. Blocks. */
    public void seen(Position command) {
        reached(commands, command.partition().number(), command.offset() + 1);
    }

    /** Returns when all that the log has about a run by now has been read. Blocks. */
    public void upToNow(RunLine run) {
        reached(decisions, run.partition(), await(bus.end(Catalogue.WORKFLOW_EVENT, run.partition())));
    }

    private static void reached(Applied applied, int partition, long next) {
        CompletableFuture<Void> reached = applied.reached(Map.of(partition, next));
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
            throw new LateException("the log does not say how far it goes: "
                    + BusException.of(e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LateException("interrupted");
        }
    }

    /** Whether a run of this id was deleted, so that none can begin under it for a while. */
    public boolean wasDeleted(String runId) {
        return lines.wasDeleted(runId);
    }

    /** The newest runs of a workspace that are so, behind that one. */
    public List<RunLine> page(String workspace, Predicate<RunLine> wanted, RunLine.@Nullable Order behind, int atMost) {
        return lines.page(workspace, wanted, behind, atMost);
    }

    /** The first start under a run's id, if the log still has it. */
    public CompletableFuture<Optional<WorkflowCommand>> start(RunLine run) {
        Position place = run.start();
        return place == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : bus.find(Catalogue.WORKFLOW_COMMAND, List.of(place))
                        .thenApply(
                                found -> Optional.ofNullable(found.get(place)).map(Breadcrumb::body));
    }

    /** The decisions of a run from this event on, at most so many; the first may begin before it. */
    public CompletableFuture<List<Journal.Batch>> decisions(RunLine run, long event, int atMost) {
        List<RunLine.Place> places = run.places(event, atMost);
        List<Journal.Batch> known = lines.recent(run, places);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return recorded(places)
                .thenApply(read -> read.stream().map(Journalled::batch).toList());
    }

    /** The decisions of a run from this event on, at most so many, with where they stand. */
    public CompletableFuture<List<Journalled>> recorded(RunLine run, long event, int atMost) {
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

    /** How many runs that are not over somebody has started in a workspace; those that these started do not count. */
    public int open(String workspace, String by) {
        return lines.open(workspace, by);
    }

    /** How many runs stand so, in all workspaces. */
    public long count(String status) {
        return lines.count(status);
    }

    /** Saves how far it is. */
    @Override
    public void close() {
        Tails open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = tails;
        }
        if (open != null) {
            open.starts().close();
            open.journal().close();
            save();
        }
    }
}
