package io.breadcrumbs.local.requirements;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes as they are, which clients of the library would refuse to, over a connection for each request. */
final class RawHttp {

    private static final int BYTES_AT_MOST = 32 << 20;

    private final URI door;
    private final Duration patience;

    RawHttp(String url, Duration patience) {
        door = URI.create(url);
        this.patience = patience;
    }

    /**
     * What came back.
     *
     * @param status 0 if the connection was ended without a word
     * @param headers by their names in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {

        static final Answer NONE = new Answer(0, Map.of(), "");

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** @throws SocketTimeoutException if nothing comes for too long */
    Answer send(String method, String target, List<String> headers, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(door.getHost()), door.getPort())) {
            socket.setSoTimeout((int) patience.toMillis());
            try {
                write(socket.getOutputStream(), method, target, headers, body);
            } catch (IOException e) { // refused before all of it was sent: the answer says why
                return read(socket.getInputStream());
            }
            return read(socket.getInputStream());
        }
    }

    private void write(OutputStream out, String method, String target, List<String> headers, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(door.getAuthority())
                .append("\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0 || method.startsWith("P")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[8_192];
        try {
            for (int n = in.read(piece); n >= 0 && all.size() < BYTES_AT_MOST; n = in.read(piece)) {
                all.write(piece, 0, n);
                String so = text(all);
                int end = so.indexOf("\r\n\r\n");
                if (end >= 0 && so.substring(0, end).contains("text/event-stream")) {
                    break; // streams are opened, and closed at once
                }
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            all.flush(); // the connection was reset: what had come, counts
        }
        String answer = text(all);
        while (answer.startsWith("HTTP/1.1 1")) { // go on, it says
            answer = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
        int head = answer.indexOf("\r\n\r\n");
        return head < 0 ? Answer.NONE : parsed(answer, head);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static Answer parsed(String all, int end) {
        String[] lines = all.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String body = all.substring(end + 4);
        boolean chunked = headers.getOrDefault("transfer-encoding", "").contains("chunked");
        String whole = chunked ? joined(body) : body;
        return new Answer(
                Integer.parseInt(lines[0].split(" ", -1)[1]),
                headers,
                new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static String joined(String chunks) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        int line = chunks.indexOf("\r\n");
        while (line >= 0) {
            int size = Integer.parseInt(chunks.substring(at, line).strip(), 16);
            whole.append(chunks, line + 2, Math.min(chunks.length(), line + 2 + size));
            at = line + 2 + size + 2;
            line = size == 0 || at > chunks.length() ? -1 : chunks.indexOf("\r\n", at);
        }
        return whole.toString();
    }
}
