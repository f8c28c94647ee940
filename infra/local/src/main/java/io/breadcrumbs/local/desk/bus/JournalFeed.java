package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.desk.Feed;
import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The news of some runs, from the beginning of the journal on. Each run's come in their order. Tails wait while the
 * queue is full; one thread takes from it.
 */
final class JournalFeed implements JournalReader.Listener, Feed {

    private static final int ROOM = 10_000;
    private static final long LOOK_AGAIN_MS = 100;

    private final Bus bus;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(ROOM);
    private final List<Tail> tails = new ArrayList<>();
    private volatile boolean closed;

    JournalFeed(Bus bus) {
        this.bus = bus;
    }

    /** Reads the partition in which the run's journal stands. */
    @Override
    public void follow(String runId) {
        int partition = bus.partition(Catalogue.WORKFLOW_EVENT, runId);
        add(new TailFrom<>(Catalogue.WORKFLOW_EVENT, Map.of(partition, TailFrom.BEGINNING)), runId::equals);
    }

    /** Reads the whole journal. */
    @Override
    public void followBelow(String runId) {
        addAll(id -> id.startsWith(runId + "."));
    }

    /** Reads the whole journal. */
    void addAll(Predicate<String> wanted) {
        add(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), wanted);
    }

    private void add(TailFrom<WorkflowEvent> from, Predicate<String> wanted) {
        Tail tail = bus.tail(from, new JournalReader(wanted, this));
        tails.add(tail);
        tail.caughtUp().thenRun(() -> put(new News.CaughtUp()));
    }

    @Override
    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
        put(new News.Decided(new Journalled(batch, record.getInstance(), position)));
    }

    @Override
    public void deleted(String runId) {
        put(new News.Deleted(runId));
    }

    @Override
    public void unreadable(String runId, String why) {
        put(new News.Unreadable(runId, why));
    }

    private void put(News one) {
        try {
            while (!closed && !news.offer(one, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                // full: the tail waits with it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable News next(Duration atMost) throws InterruptedException {
        return news.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        tails.forEach(Tail::close);
    }
}
