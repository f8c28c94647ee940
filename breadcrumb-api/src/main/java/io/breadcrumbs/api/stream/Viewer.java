package io.breadcrumbs.api.stream;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who watches a source over a socket. Takes from it only what the socket has room for. */
final class Viewer implements Publisher<byte[]>, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

    private final Source source;
    private final Viewers viewers;
    private final Consumer<Viewer> gone;
    /** How often somebody said that there may be work; who makes it 1 does it. */
    private final AtomicInteger work = new AtomicInteger();

    private final AtomicLong room = new AtomicLong();
    /** What was taken and not sent; touched by who works only. */
    private final Deque<byte[]> taken = new ArrayDeque<>();

    private final Runnable unwatch;
    private final Instant opened;
    private volatile @Nullable Subscriber<? super byte[]> subscriber;
    private volatile boolean over;
    /** It is to end from this side. */
    private volatile boolean ends;

    private volatile boolean beat;
    /** Since when it has not taken what was there; null while it takes all. */
    private volatile @Nullable Instant stuckSince;

    /** @param gone is told once, when nobody watches any more */
    Viewer(Source source, Viewers viewers, Consumer<Viewer> gone) {
        this.source = source;
        this.viewers = viewers;
        this.gone = gone;
        opened = viewers.now();
        unwatch = source.whenThereIsMore(this::wake);
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> one) {
        subscriber = one;
        one.onSubscribe(this);
    }

    @Override
    public void request(long frames) {
        room.accumulateAndGet(frames, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        wake();
    }

    @Override
    public void cancel() {
        leave();
    }

    /** There may be something to send. Any thread. */
    void wake() {
        if (!over && work.getAndIncrement() == 0) {
            viewers.hands().execute(this::send);
        }
    }

    /** It is time for a sign of life; one that takes nothing for too long is cut off. */
    void beat(Instant now) {
        Instant stuck = subscriber == null ? opened : stuckSince;
        if (stuck != null && stuck.plus(Viewers.PATIENCE).isBefore(now)) {
            LOG.atInfo().addKeyValue("event", "viewer-cut-off").log("a viewer took nothing for {}", Viewers.PATIENCE);
            end();
            return;
        }
        beat = true;
        wake();
    }

    private void send() {
        int seen = work.get();
        do {
            try {
                sendAll();
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("event", "stream-failed").setCause(e).log("a stream cannot go on");
                complete(); // the viewer comes back, and goes on from what it has seen
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void sendAll() {
        Subscriber<? super byte[]> to = subscriber;
        if (ends) {
            complete();
        }
        while (to != null && !over) {
            boolean more = !taken.isEmpty() || take();
            if (over) {
                return;
            }
            if (room.get() == 0) {
                stuckSince = !more ? null : stuckSince == null ? viewers.now() : stuckSince;
                return;
            }
            stuckSince = null;
            byte[] frame = more ? taken.pollFirst() : null;
            if (frame == null) {
                if (!beat) {
                    return;
                }
                frame = Frame.HEARTBEAT;
            }
            beat = false;
            room.decrementAndGet();
            to.onNext(frame);
        }
    }

    /** Whether there is something to send now. */
    private boolean take() {
        return switch (source.next()) {
            case Source.Next.Frames(var frames) -> taken.addAll(Frame.together(frames));
            case Source.Next.Nothing _ -> false;
            case Source.Next.End _ -> {
                complete();
                yield false;
            }
        };
    }

    /** Ends the stream from this side, behind what is being sent. Any thread. */
    void end() {
        ends = true;
        wake();
    }

    private void complete() {
        Subscriber<? super byte[]> to = subscriber;
        if (leave() && to != null) {
            to.onComplete();
        }
    }

    private boolean leave() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        unwatch.run();
        gone.accept(this);
        return true;
    }
}
