package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.sdk.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Sinks;

/**
 * An answer that is a stream of server-sent events, one message each, with a comment every {@value #BEAT_SECONDS} s. A
 * client that is too slow for it is cut off. Any thread.
 */
public final class EventStream {

    private static final int BEAT_SECONDS = 15;
    private static final int WAITING_AT_MOST = 256;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Sinks.Many<byte[]> sink =
            Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(WAITING_AT_MOST));
    private final Time time;
    private final OpenStreams.Permit permit;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Runnable nextBeat;

    /** @param permit its caller's, given back at the end; who makes a stream sees to it that there is one */
    public EventStream(Time time, OpenStreams.Permit permit) {
        this.time = time;
        this.permit = permit;
    }

    private void beat() {
        if (emit(COMMENT)) {
            nextBeat = time.after(Duration.ofSeconds(BEAT_SECONDS), this::beat);
            if (over.get()) {
                stopBeating();
            }
        }
    }

    private void stopBeating() {
        Runnable pending = nextBeat;
        if (pending != null) {
            pending.run();
        }
    }

    /** What is written to the client; to be asked for once. */
    public Publisher<byte[]> body() {
        beat(); // so that the client has an answer at once, whatever stands between
        return sink.asFlux().doFinally(_ -> end());
    }

    /** False if nobody reads it any more. */
    public boolean send(ObjectNode message) {
        return emit(("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private boolean emit(byte[] event) {
        Sinks.EmitResult result = sink.tryEmitNext(event);
        while (result == Sinks.EmitResult.FAIL_NON_SERIALIZED) { // another thread is at it
            Thread.onSpinWait();
            result = sink.tryEmitNext(event);
        }
        if (result.isFailure()) {
            end();
        }
        return result.isSuccess();
    }

    /** Nothing follows. */
    public void end() {
        if (over.compareAndSet(false, true)) {
            stopBeating();
            permit.close();
            while (sink.tryEmitComplete() == Sinks.EmitResult.FAIL_NON_SERIALIZED) {
                Thread.onSpinWait();
            }
        }
    }

    public boolean isOver() {
        return over.get();
    }
}
