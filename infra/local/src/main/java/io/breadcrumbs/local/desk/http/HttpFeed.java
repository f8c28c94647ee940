package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Feed;
import io.breadcrumbs.local.desk.News;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.journal.Journalled;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The news of some runs, from their histories: each run has a reader, a virtual thread, that asks for what comes behind
 * what it has, and the door answers when there is something. Runs below are known by their names in the histories of
 * those above. So many readers ask at once; the others take turns, and their news come later.
 */
final class HttpFeed implements Feed {

    private static final int ROOM = 10_000;
    private static final int AT_ONCE = 16;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** How soon is looked again for a run that is not there yet. */
    private static final Duration ABSENT = Duration.ofMillis(200);

    /** A door that is silent for so long, after it has spoken, is given up. */
    private static final Duration SILENT_AT_MOST = Duration.ofSeconds(30);

    private final Door door;
    /** What comes next: news, or what ends the command. */
    private final BlockingQueue<Supplier<News>> news = new ArrayBlockingQueue<>(ROOM);

    private final Semaphore asking = new Semaphore(AT_ONCE);
    private volatile boolean closed;

    // guarded by this
    private final Set<Thread> readers = new HashSet<>();
    private final Set<String> called = new HashSet<>();
    /** How far runs below have been read that are over, or are being read. */
    private final Map<String, Long> below = new HashMap<>();

    private final Set<String> read = new HashSet<>();
    private @Nullable String top;
    private int unread;
    private boolean toldBelow;

    HttpFeed(Door door) {
        this.door = door;
    }

    @Override
    public synchronized void follow(String runId) {
        begin(new Reader(runId, 0, false));
    }

    @Override
    public synchronized void followBelow(String runId) {
        top = runId;
        unread = 1;
        Set.copyOf(called).forEach(this::readBelow);
        isRead();
    }

    private synchronized void begin(Reader reader) {
        Thread thread = Thread.ofVirtual().unstarted(reader);
        readers.add(thread);
        thread.start();
    }

    /** A run was called, perhaps once more. */
    private synchronized void called(String runId) {
        called.add(runId);
        if (top != null) {
            readBelow(runId);
        }
    }

    private synchronized void readBelow(String runId) {
        if (read.add(runId)) {
            unread++;
            begin(new Reader(runId, below.getOrDefault(runId, 0L), true));
        }
    }

    /** All has been given that one of the runs below had. */
    private synchronized void isRead() {
        unread--;
        if (unread == 0 && !toldBelow) {
            toldBelow = true;
            put(News.CaughtUp::new);
        }
    }

    private synchronized void over(String runId, long next) {
        below.put(runId, next);
        read.remove(runId);
    }

    private synchronized Duration patience() {
        return readers.size() <= AT_ONCE ? LONG : SHORT;
    }

    private void put(Supplier<News> one) {
        try {
            while (!closed && !news.offer(one, 100, TimeUnit.MILLISECONDS)) {
                // full: the reader waits with it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable News next(Duration atMost) throws InterruptedException {
        Supplier<News> one = news.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return one == null ? null : one.get();
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            readers.forEach(Thread::interrupt);
        }
    }

    /** Reads one run. */
    private final class Reader implements Runnable {

        private final String runId;
        private final boolean isBelow;
        private final List<String> lines = new ArrayList<>();
        private long next;
        private boolean caughtUp;
        private boolean known;
        private boolean over;
        private long silentSince;

        Reader(String runId, long next, boolean isBelow) {
            this.runId = runId;
            this.next = next;
            this.isBelow = isBelow;
        }

        @Override
        public void run() {
            try {
                while (!closed && !(isBelow && over && caughtUp)) {
                    ask();
                }
                over(runId, next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                put(() -> {
                    throw e;
                });
            } finally {
                synchronized (HttpFeed.this) {
                    readers.remove(Thread.currentThread());
                }
            }
        }

        private void ask() throws InterruptedException {
            Duration wait = caughtUp ? patience() : Duration.ZERO;
            Reply reply = null;
            asking.acquire();
            try {
                reply = door.get(
                        "/api/runs/" + Door.part(runId) + "/history?from=" + (next + lines.size()) + "&wait="
                                + wait.toSeconds(),
                        wait);
                silentSince = 0;
            } catch (FailureException e) {
                demandPatience(e);
            } finally {
                asking.release();
            }
            switch (reply) {
                case null -> door.rest(SHORT);
                case Reply.Ok(JsonObject page) -> take(page);
                case Reply.Problem problem when problem.status() == 404 -> absent();
                case Reply.Problem problem -> throw problem.failure();
            }
        }

        /** A platform that was there may be starting anew. */
        private void demandPatience(FailureException e) {
            long now = System.nanoTime();
            silentSince = silentSince == 0 ? now : silentSince;
            if (!caughtUp || now - silentSince > SILENT_AT_MOST.toNanos()) {
                throw e;
            }
        }

        private void absent() throws InterruptedException {
            if (known) {
                known = false;
                next = 0;
                lines.clear();
                put(() -> new News.Deleted(runId));
            }
            caughtUp();
            door.rest(ABSENT);
        }

        private void take(JsonObject page) {
            known = true;
            Reply.items(page, "items").forEach(line -> lines.add(line.toString()));
            if (page.get("next") instanceof JsonNumber) {
                return; // the rest of a decision may stand on the next page
            }
            for (Journalled one : HistoryFile.read(lines, next)) {
                one.batch().entries().forEach(entry -> look(entry.event()));
                put(() -> new News.Decided(one));
            }
            next += lines.size();
            lines.clear();
            caughtUp();
        }

        private void look(Event event) {
            over = event instanceof Event.Ended || (over && event instanceof Event.Rejected);
            if (event instanceof Event.Called call) {
                called(call.child().runId());
            }
        }

        private void caughtUp() {
            if (!caughtUp) {
                caughtUp = true;
                if (isBelow) {
                    isRead();
                } else {
                    put(News.CaughtUp::new);
                }
            }
        }
    }
}
