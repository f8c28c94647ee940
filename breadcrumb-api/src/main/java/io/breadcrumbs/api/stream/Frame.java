package io.breadcrumbs.api.stream;

import io.breadcrumbs.sdk.workflow.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes over the wire at once, in the format of {@code text/event-stream}. */
public final class Frame {

    /** A comment: it keeps connections and proxies awake, and nobody is told of it. */
    static final byte[] HEARTBEAT = bytes(": still here\n\n");

    /** What is written to a socket at once, unless one event is longer. */
    private static final int TOGETHER = 16 << 10;

    private Frame() {}

    /** The same with neighbours in one piece: each piece costs its way to the socket. */
    static List<byte[]> together(List<byte[]> frames) {
        if (frames.size() < 2) {
            return frames;
        }
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            if (piece.size() > 0 && piece.size() + frame.length > TOGETHER) {
                pieces.add(piece.toByteArray());
                piece.reset();
            }
            piece.writeBytes(frame);
        }
        pieces.add(piece.toByteArray());
        return pieces;
    }

    /**
     * An event.
     *
     * @param id where a viewer goes on that has seen it; null: an event from which none can
     */
    public static byte[] event(String name, @Nullable String id, Json data) {
        return event(name, id, data.toString());
    }

    /** The same with JSON that has been written already, in one line. */
    public static byte[] event(String name, @Nullable String id, String data) {
        return bytes("event: " + name + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: " + data + "\n\n");
    }

    /** Tells a viewer from where it goes on, without an event. */
    public static byte[] place(String id) {
        return bytes("id: " + id + "\n\n");
    }

    /** Tells a viewer how soon to come back. */
    public static byte[] comeBackAfter(Duration time) {
        return bytes("retry: " + time.toMillis() + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
