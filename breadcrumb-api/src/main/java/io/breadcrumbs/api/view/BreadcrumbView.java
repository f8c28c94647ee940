package io.breadcrumbs.api.view;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The breadcrumbs as the log has them: a fold of {@code breadcrumb.event.v1} into an index, which saves how far it is.
 *
 * <p>A saved position names the last event before it. If the log has another one there, or none, it is not the log that
 * the index was made of: then the index begins anew, with the latest states of {@code breadcrumb.v1} and what was
 * decided since. Events of the time before give histories.
 */
public final class BreadcrumbView implements TailReader<BreadcrumbEvent>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BreadcrumbView.class);
    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofMillis(50);

    /** How long a reader waits for what it has written. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Bus bus;
    private final Time time;
    private final Executor hands;
    private final Index index;
    private final Applied applied = new Applied();
    private volatile Map<Integer, Long> historyOnly = Map.of();
    private volatile Map<Integer, Long> visible = Map.of();
    private volatile Instant refreshedAt = Instant.EPOCH;
    private volatile boolean ready;
    private volatile @Nullable String fault;
    private @Nullable Tail tail;
    private boolean closed;

    /** @param folder of the index; nothing else may be in it */
    public BreadcrumbView(Bus bus, Time time, Executor hands, Path folder) throws IOException {
        this.bus = bus;
        this.time = time;
        this.hands = hands;
        this.index = new Index(folder);
        hands.execute(this::begin);
    }

    /** What keeps it from being asked; null if it is ready. */
    public @Nullable String missing() {
        String wrong = fault;
        return wrong != null ? wrong : ready ? null : "the breadcrumbs in the log have not all been read yet";
    }

    /** Since when the log has had more than it has read; empty if nothing is known of more. */
    public synchronized Optional<Instant> behindSince() {
        Tail following = tail;
        return following == null ? Optional.empty() : following.behindSince();
    }

    /** How many offsets of the log it has not read. Fails while it has not begun to. */
    public synchronized CompletableFuture<Long> lag() {
        Tail following = tail;
        return following == null
                ? CompletableFuture.failedFuture(new LateException("the view of breadcrumbs has not begun"))
                : following.lag();
    }

    // ------------------------------------------------------------------ beginning

    private void begin() {
        Saved saved = Saved.of(index.saved());
        saved.holds(bus).thenCompose(holds -> holds ? follow(saved) : anew()).whenComplete((_, failure) -> {
            if (failure != null && !isClosed()) {
                LOG.atDebug().addKeyValue("event", "view-waits").log("the view begins later: {}", failure.toString());
                time.after(AGAIN, () -> hands.execute(this::begin));
            }
        });
    }

    private CompletableFuture<Void> anew() {
        return bus.ends(Catalogue.BREADCRUMB_EVENT).thenCompose(ends -> {
            clear();
            historyOnly = ends;
            CompletableFuture<Void> read = new CompletableFuture<>();
            Tail states = bus.tail(TailFrom.beginning(Catalogue.BREADCRUMB), (state, _, _) -> snapshot(state));
            states.caughtUp()
                    .thenRun(() -> hands.execute(() -> {
                        states.close();
                        read.complete(null);
                    }));
            return read.thenCompose(_ -> follow(Saved.NOTHING));
        });
    }

    private void clear() {
        try {
            index.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Void> follow(Saved saved) {
        applied.begin(saved);
        Tail following;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.completedFuture(null);
            }
            following = bus.tail(new TailFrom<>(Catalogue.BREADCRUMB_EVENT, saved.offsets(), TailFrom.BEGINNING), this);
            tail = following;
        }
        following.caughtUp().thenRun(() -> {
            ready = true;
            historyOnly = Map.of();
            saveLater();
        });
        return CompletableFuture.completedFuture(null);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    // ------------------------------------------------------------------ applying

    private void snapshot(io.breadcrumbs.sdk.Breadcrumb<Breadcrumb> latest) {
        Breadcrumb state = latest.value();
        try {
            if (state == null) {
                index.remove(latest.key());
            } else {
                index.put(state, state.getMeta().getVersion() > 1);
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    @Override
    public void read(io.breadcrumbs.sdk.Breadcrumb<BreadcrumbEvent> breadcrumb, Position position, Lane lane) {
        BreadcrumbEvent event = breadcrumb.value();
        if (fault != null || event == null) {
            return; // what is missing cannot be brought in later
        }
        try {
            apply(event, position);
        } catch (IOException | RuntimeException e) {
            broken(e);
            return;
        }
        applied.add(position, event.getMeta().getId());
    }

    private void apply(BreadcrumbEvent event, Position position) throws IOException {
        int partition = position.partition().number();
        boolean before = position.offset() < historyOnly.getOrDefault(partition, 0L);
        boolean noted = !ready && historyOnly.isEmpty();
        switch (event.getKind()) {
            case CREATED, UPDATED -> {
                if (!before) {
                    index.put(Documents.state(event), !ready || event.getBreadcrumbVersion() > 1);
                }
                index.note(event, position, noted);
            }
            case DELETED, EXPIRED -> {
                if (!before) {
                    index.remove(event.getBreadcrumbId());
                }
                index.note(event, position, noted);
            }
            case REFUSED, REPEATED, UNKNOWN -> {} // nothing is changed
        }
    }

    private void broken(Exception e) {
        fault =
                "the index of breadcrumbs cannot be written: see to its disk, and start again; the log of this process says what failed";
        LOG.atError().addKeyValue("event", "view-broken").setCause(e).log("the index of breadcrumbs cannot be written");
    }

    private void saveLater() {
        time.after(
                SAVE_EVERY,
                () -> hands.execute(() -> {
                    if (!isClosed()) {
                        save();
                        saveLater();
                    }
                }));
    }

    /** What is applied while this saves may be in the index too: it is applied again then. */
    private synchronized void save() {
        if (!ready || fault != null) {
            return;
        }
        Saved saved = applied.save();
        try {
            index.commit(saved.toMap());
        } catch (IOException e) {
            broken(e);
        }
    }

    // ------------------------------------------------------------------ reading

    /** The breadcrumb of this id, if the viewer sees it; else null. Blocks until all before {@code seen} is in. */
    public @Nullable Breadcrumb get(Viewer viewer, String id, Seen seen) throws IOException {
        await(seen);
        Breadcrumb found = index.get(id);
        if (found == null || !viewer.sees(found)) {
            return null;
        }
        Long ends = found.getExpiresAtMs();
        return ends != null && ends <= time.now().toEpochMilli() ? null : found;
    }

    /**
     * Some of the breadcrumbs that a filter finds. Blocks until all before {@code seen} is in.
     *
     * @param cursor the page before gave it
     * @throws IllegalArgumentException if the cursor is wrong
     */
    public Page find(Filter filter, int limit, @Nullable String cursor, Seen seen) throws IOException {
        await(seen);
        return index.find(filter, limit, cursor, time.now());
    }

    /**
     * What was decided about a breadcrumb, the newest first, as far as the viewer sees the newest and could see each
     * version when it was the newest. Blocks until all before {@code seen} is in.
     */
    public CompletableFuture<List<BreadcrumbEvent>> history(Viewer viewer, String id, Seen seen) throws IOException {
        await(seen);
        List<Position> places =
                index.history(id).stream().map(BreadcrumbView::position).toList();
        return bus.read(Catalogue.BREADCRUMB_EVENT, places)
                .thenApply(read -> seen(
                        viewer,
                        read.stream().map(io.breadcrumbs.sdk.Breadcrumb::body).toList()));
    }

    private static List<BreadcrumbEvent> seen(Viewer viewer, List<BreadcrumbEvent> events) {
        List<BreadcrumbEvent> own = events.stream()
                .filter(event -> event.getMeta().getWorkspace().equals(viewer.workspace()))
                .toList();
        List<BreadcrumbEvent> told = own.isEmpty() ? events : own; // an id may have been used in two workspaces
        return told.isEmpty() || !viewer.sees(told.getFirst())
                ? List.of()
                : told.stream().filter(viewer::sees).toList();
    }

    private static Position position(String place) {
        int at = place.indexOf('@');
        return new Position(
                new Partition(Catalogue.BREADCRUMB_EVENT.name(), Integer.parseInt(place.substring(0, at))),
                Long.parseLong(place.substring(at + 1)));
    }

    /**
     * What a reader must see to see all that stands in the log now, whoever wrote it. Fails with a
     * {@link LateException}.
     */
    public CompletableFuture<Seen> now() {
        Tail following;
        synchronized (this) {
            following = tail;
        }
        return following == null
                ? CompletableFuture.completedFuture(Seen.NOTHING)
                : following
                        .caughtUpNow()
                        .thenApply(_ -> new Seen(applied.next()))
                        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionallyCompose(_ -> CompletableFuture.failedFuture(
                                new LateException("what is in the log has not been read within " + PATIENCE)));
    }

    /** Breadcrumbs whose time is over. */
    List<Breadcrumb> over(Instant now, int most) throws IOException {
        refresh();
        return index.over(now, most);
    }

    private void await(Seen seen) throws IOException {
        Map<Integer, Long> wanted = seen.offsets();
        CompletableFuture<Void> reached = applied.reached(wanted);
        try {
            reached.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reached.cancel(false);
            throw new LateException("what was written before has not been read within " + PATIENCE);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("nobody fails it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LateException("interrupted");
        }
        Map<Integer, Long> now = visible;
        boolean shown =
                wanted.entrySet().stream().allMatch(one -> now.getOrDefault(one.getKey(), 0L) >= one.getValue());
        if (!shown || time.now().isAfter(refreshedAt.plus(FRESH))) {
            refresh();
        }
    }

    private void refresh() throws IOException {
        Map<Integer, Long> before = applied.next();
        Instant at = time.now();
        index.refresh();
        visible = before;
        refreshedAt = at;
    }

    /** Saves how far it is. */
    @Override
    public void close() {
        Tail following;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            following = tail;
        }
        if (following != null) {
            following.close();
        }
        save();
        try {
            index.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("event", "view-close-failed").setCause(e).log("the index did not close cleanly");
        }
    }
}
