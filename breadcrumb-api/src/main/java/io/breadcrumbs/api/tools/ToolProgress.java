package io.breadcrumbs.api.tools;

import io.breadcrumbs.schemas.DeltaKind;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What tools tell of their progress, for those who wait for them. Reads the topic only while somebody does, and for a
 * minute more, since calls come one after another. Any thread; the tail is guarded by the monitor.
 */
final class ToolProgress implements AutoCloseable {

    static final Duration LINGERS = Duration.ofMinutes(1);

    /** Until it is known where the topic ends, a tool may have told so much. */
    private static final int ALREADY_TOLD = 100;

    private final Bus bus;
    private final Time time;
    private final Map<String, Consumer<String>> waiting = new ConcurrentHashMap<>();
    private @Nullable Tail tail;
    private Runnable timer = () -> {};
    private boolean closed;

    ToolProgress(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    /**
     * From now on somebody hears what is told about a request.
     *
     * @param told called by the thread of the tail, which it must not block
     * @return ends that
     */
    Runnable hear(String requestId, Consumer<String> told) {
        waiting.put(requestId, told);
        open();
        return () -> {
            if (waiting.remove(requestId, told) && waiting.isEmpty()) {
                restLater();
            }
        };
    }

    private synchronized void open() {
        timer.run();
        if (tail == null && !closed) {
            tail = bus.tail(
                    TailFrom.newest(Catalogue.STREAM_DELTA, ALREADY_TOLD), (breadcrumb, _, _) -> tell(breadcrumb));
        }
    }

    private void tell(Breadcrumb<StreamDelta> breadcrumb) {
        StreamDelta delta = breadcrumb.value();
        if (delta == null || delta.getKind() != DeltaKind.PROGRESS) {
            return;
        }
        Consumer<String> told = waiting.get(delta.getRequestId());
        if (told != null && !delta.getText().isEmpty()) {
            told.accept(delta.getText());
        }
    }

    private synchronized void restLater() {
        timer.run();
        timer = time.after(LINGERS, this::rest);
    }

    private void rest() {
        Tail old;
        synchronized (this) {
            if (!waiting.isEmpty()) {
                return;
            }
            old = tail;
            tail = null;
        }
        if (old != null) {
            old.close();
        }
    }

    /** Whether the topic is read. */
    synchronized boolean isReading() {
        return tail != null;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            timer.run();
        }
        waiting.clear();
        rest();
    }
}
