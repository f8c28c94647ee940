package io.breadcrumbs.runner.execution;

import io.breadcrumbs.schemas.DeltaKind;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a running tool tells whoever watches, in batches: after 100 ms, ten pieces or 1 KB, whichever comes first, and
 * at the end. What the log does not take is lost to watchers only: the answer has it all. Guarded by its monitor.
 */
final class Deltas {

    private static final Duration AT_MOST = Duration.ofMillis(100);
    private static final int PIECES_AT_MOST = 10;
    private static final int BYTES_AT_MOST = 1024;

    private final Bus bus;
    private final Time time;
    private final ToolRequest request;
    private final StringBuilder text = new StringBuilder();
    private DeltaKind kind = DeltaKind.TEXT;
    private int pieces;
    private int bytes;
    private long index;
    private Runnable timer = () -> {};
    private boolean ended;

    Deltas(Bus bus, Time time, ToolRequest request) {
        this.bus = bus;
        this.time = time;
        this.request = request;
    }

    synchronized void add(DeltaKind of, String piece) {
        if (ended || piece.isEmpty()) {
            return;
        }
        if (of != kind) {
            flush(false);
            kind = of;
        }
        if (pieces == 0) {
            timer = time.after(AT_MOST, this::flushLater);
        }
        if (of == DeltaKind.PROGRESS && pieces > 0) {
            text.append('\n'); // each says for itself how far it is
        }
        text.append(piece);
        pieces++;
        bytes += piece.getBytes(StandardCharsets.UTF_8).length;
        if (pieces >= PIECES_AT_MOST || bytes >= BYTES_AT_MOST) {
            flush(false);
        }
    }

    private synchronized void flushLater() {
        flush(false);
    }

    /** The execution has ended: says so, if it said anything. */
    synchronized void end() {
        if (!ended && (pieces > 0 || index > 0)) {
            flush(true);
        }
        ended = true;
    }

    private void flush(boolean last) {
        timer.run();
        if (ended || (pieces == 0 && !last)) {
            return;
        }
        String run = request.getRunId();
        String key = run == null ? request.getRequestId() : run;
        StreamDelta delta = StreamDelta.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.STREAM_DELTA,
                        request.getRequestId() + "/" + index,
                        request.getMeta().getWorkspace(),
                        bus.instance(),
                        time.now()))
                .setRunId(run)
                .setStepId(request.getStepId())
                .setRequestId(request.getRequestId())
                .setAttempt(request.getAttempt())
                .setIndex(index++)
                .setKind(kind)
                .setText(text.toString())
                .setLast(last)
                .build();
        text.setLength(0);
        pieces = 0;
        bytes = 0;
        bus.publish(Catalogue.STREAM_DELTA, key, delta);
    }
}
