package io.breadcrumbs.runner.provider.mcp.channel;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, and where to go on when the stream ends. Used by one thread. */
final class EventStream implements AutoCloseable {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final InputStream in;
    private final int bytesAtMost;
    private @Nullable String lastId;
    private Duration pause;
    private int peeked = -2;

    /**
     * A stream that goes on where another has ended.
     *
     * @param lastId of the event before; null: there is none
     * @param pause before the stream is opened again, unless the server says otherwise
     */
    EventStream(InputStream in, int bytesAtMost, @Nullable String lastId, Duration pause) {
        this.in = new BufferedInputStream(in);
        this.bytesAtMost = bytesAtMost;
        this.lastId = lastId;
        this.pause = pause;
    }

    /** The id of the last event that had one. */
    @Nullable
    String lastId() {
        return lastId;
    }

    /** How long the server wants to be left alone before the stream is opened again. */
    Duration pause() {
        return pause;
    }

    /** The data of the next message that has some; null at the end. Blocks. */
    @Nullable
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean message = true;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (message && !data.isEmpty()) {
                    return data.toString();
                }
                data.setLength(0);
                message = true;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "data" -> append(data, value);
                case "event" -> message = value.isEmpty() || value.equals("message");
                case "id" -> lastId = value;
                case "retry" -> retry(value);
                default -> {} // a comment, or what is not known yet
            }
        }
        return null;
    }

    private void append(StringBuilder data, String value) throws ChannelException {
        if (data.length() + value.length() > bytesAtMost) {
            throw ChannelException.tooLarge(bytesAtMost);
        }
        data.append(data.isEmpty() ? "" : "\n").append(value);
    }

    private void retry(String value) {
        if (value.matches("\\d{1,9}")) {
            Duration wanted = Duration.ofMillis(Long.parseLong(value));
            Duration atLeast = wanted.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wanted;
            pause = atLeast.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : atLeast;
        }
    }

    /** The next line, which CR, LF or both may end; null at the end. */
    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next >= 0; next = read()) {
            if (next == '\n' || next == '\r') {
                if (next == '\r') {
                    int after = read();
                    peeked = after == '\n' ? -2 : after;
                }
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() == bytesAtMost) {
                throw ChannelException.tooLarge(bytesAtMost);
            }
            line.write(next);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int read() throws IOException {
        int next = peeked == -2 ? in.read() : peeked;
        peeked = -2;
        return next;
    }
}
