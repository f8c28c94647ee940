package io.breadcrumbs.api.stream;

import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.Time;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/** All who watch something over this door. One timer keeps their connections awake. */
public final class Viewers implements AutoCloseable {

    /** How long a viewer may take nothing although there is something. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Time time;
    private final Executor hands;
    private final int most;
    private final Set<Viewer> open = ConcurrentHashMap.newKeySet();
    private volatile Runnable timer;
    private volatile boolean closed;

    /** @param most viewers at once */
    public Viewers(Time time, Executor hands, int most) {
        this.time = time;
        this.hands = hands;
        this.most = most;
        timer = time.after(HEARTBEAT, this::beat);
    }

    private void beat() {
        Instant now = time.now();
        open.forEach(viewer -> viewer.beat(now));
        if (!closed) {
            timer = time.after(HEARTBEAT, this::beat);
        }
    }

    /** How many there are. */
    public int size() {
        return open.size();
    }

    /**
     * Opens a stream of events.
     *
     * @param permit its caller's, given back when nobody watches any more, and where there is nothing to watch
     * @param source what is watched; whatever it throws comes out of this
     * @throws ProblemException if there are too many
     */
    public HttpResponse<Publisher<byte[]>> open(OpenStreams.Permit permit, Supplier<Source> source) {
        Viewer viewer;
        try {
            viewer = viewer(permit, source);
        } catch (RuntimeException | Error e) {
            permit.close();
            throw e;
        }
        return HttpResponse.<Publisher<byte[]>>ok(viewer)
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header("Cache-Control", "no-cache, no-transform")
                .header("X-Accel-Buffering", "no");
    }

    private Viewer viewer(OpenStreams.Permit permit, Supplier<Source> source) {
        if (open.size() >= most) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "this instance has " + most + " open streams, as many as it may");
        }
        Viewer viewer = new Viewer(source.get(), this, gone -> {
            open.remove(gone);
            permit.close();
        });
        open.add(viewer);
        return viewer;
    }

    /** How soon a viewer is to come back when its stream has ended before its time. */
    public static byte[] greeting() {
        return Frame.comeBackAfter(COME_BACK);
    }

    Executor hands() {
        return hands;
    }

    Instant now() {
        return time.now();
    }

    /** Ends all streams; their viewers come back elsewhere. */
    @Override
    public void close() {
        closed = true;
        timer.run();
        open.forEach(Viewer::end);
    }
}
