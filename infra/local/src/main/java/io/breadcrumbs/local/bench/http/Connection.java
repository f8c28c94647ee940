package io.breadcrumbs.local.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection to the door that is kept open. One thread at a time. */
final class Connection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NO_LENGTH = -1;

    private final Socket socket;
    private final InputStream in;
    private final String host;
    /** What is left of the chunk that is being read; negative where a body is not in chunks. */
    private long chunk = NO_LENGTH;

    private int status;
    private int length;

    Connection(String url) throws IOException {
        URI uri = URI.create(url);
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
        host = uri.getHost() + ":" + uri.getPort();
    }

    /** The body of an answer that must have this status. */
    String ask(String method, String path, @Nullable String body, int expected) throws IOException {
        begin(method, path, body);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (length == NO_LENGTH) {
            String line = line();
            while (line != null) {
                answer.write(line.getBytes(StandardCharsets.UTF_8));
                line = line();
            }
        } else {
            answer.write(in.readNBytes(length));
        }
        String text = answer.toString(StandardCharsets.UTF_8);
        if (status != expected) {
            throw new IOException(method + " " + path + ": expected " + expected + ", got " + status + ": " + text);
        }
        return text;
    }

    /** Opens a stream, whose lines are read next. */
    void open(String path) throws IOException {
        begin("GET", path, null);
        if (status != 200 || length != NO_LENGTH) {
            throw new IOException("GET " + path + ": expected a stream, got " + status);
        }
    }

    private void begin(String method, String path, @Nullable String body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host
                + (body == null
                        ? "\r\n\r\n"
                        : "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.getBytes(StandardCharsets.US_ASCII));
        all.write(bytes);
        socket.getOutputStream().write(all.toByteArray());
        head();
    }

    private void head() throws IOException {
        String first = rawLine();
        status = Integer.parseInt(first.substring(9, 12));
        length = 0;
        chunk = NO_LENGTH;
        for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                length = NO_LENGTH;
                chunk = 0;
            }
        }
    }

    /** The next line of a body in chunks; null at its end. */
    @Nullable
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = next(); one != '\n'; one = next()) {
            if (one < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            line.write(one);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int next() throws IOException {
        if (chunk < 0) {
            return -1;
        }
        if (chunk == 0) {
            chunk = Long.parseLong(rawLine(), 16);
            if (chunk == 0) {
                rawLine();
                chunk = NO_LENGTH;
                return -1;
            }
        }
        int one = in.read();
        if (--chunk == 0) {
            rawLine(); // the end of the chunk
        }
        return one;
    }

    private String rawLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("the door has closed the connection");
            }
            if (one != '\r') {
                line.write(one);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
