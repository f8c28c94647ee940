package io.breadcrumbs.local.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The platform's MCP server, over HTTP. Any thread; blocks, and ends when interrupted. */
final class Upstream implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final int NOT_FOUND = 404;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI server;
    private final Map<String, String> headers;
    private volatile @Nullable String session;
    private volatile @Nullable String version;

    Upstream(URI server, Map<String, String> headers) {
        this.server = server;
        this.headers = headers;
    }

    URI server() {
        return server;
    }

    /**
     * Says something to the server, and gives what it answers, message by message, until it has nothing more to say.
     *
     * @return whether the session that was used is known there
     */
    boolean post(Message message, Consumer<Message> answers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(message.ownVersion() == null)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message.toString()));
        alone(request, message);
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() == NOT_FOUND && session != null && message.ownVersion() == null) {
                return false;
            }
            response.headers().firstValue(SESSION).ifPresent(id -> session = id);
            if (type(response).startsWith("text/event-stream")) {
                events(body, answers);
            } else {
                whole(message, response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8), answers);
            }
        }
        return true;
    }

    /** Hears the server's notices until it ends the stream. */
    void listen(Consumer<Message> notices) throws IOException, InterruptedException {
        HttpRequest request =
                request(true).header("Accept", "text/event-stream").GET().build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (type(response).startsWith("text/event-stream")) {
                events(body, notices);
            } else {
                body.readAllBytes();
            }
        }
    }

    /** The next message begins a session. */
    void forget() {
        session = null;
        version = null;
    }

    /** The version of the protocol that client and server have agreed on. */
    void agreed(@Nullable String version) {
        this.version = version;
    }

    /** The id of the session; null if there is none. */
    @Nullable
    String session() {
        return session;
    }

    private HttpRequest.Builder request(boolean inSession) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server);
        headers.forEach(request::header);
        String id = session;
        String agreed = version;
        if (inSession && id != null) {
            request.header(SESSION, id);
        }
        if (inSession && agreed != null) {
            request.header(VERSION, agreed);
        }
        return request;
    }

    /** A message that needs no session says in headers what its body says. */
    private static void alone(HttpRequest.Builder request, Message message) {
        String own = message.ownVersion();
        if (own != null) {
            request.header(VERSION, own).header("Mcp-Method", message.method());
            String name = message.name();
            if (name != null) {
                request.header("Mcp-Name", encoded(name));
            }
        }
    }

    private static String encoded(String value) {
        boolean plain = value.matches("[!-~]+([ -~]*[!-~])?") && !value.startsWith("=?base64?");
        return plain
                ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private static void whole(Message message, int status, String body, Consumer<Message> answers) {
        Message answer = body.isBlank() ? null : Message.of(body);
        boolean isAnswer = answer != null && answer.json().has("jsonrpc");
        if (answer != null && isAnswer) {
            answers.accept(answer);
        } else if (message.isRequest()) {
            String detail =
                    answer == null ? "" : ": " + answer.json().path("detail").asText();
            answers.accept(Message.error(
                    message.id(), Message.INTERNAL_ERROR, "the platform answers HTTP status " + status + detail));
        }
    }

    private static void events(InputStream body, Consumer<Message> messages) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
            } else if (line.isEmpty() && !data.isEmpty()) {
                Message message = Message.of(data.toString());
                data.setLength(0);
                if (message != null) {
                    messages.accept(message);
                }
            }
        }
    }

    /** Ends the session, and all that waits. */
    @Override
    public void close() {
        if (session != null) {
            try {
                http.send(request(true).DELETE().timeout(CONNECT).build(), HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                forget(); // it expires there
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        http.shutdownNow();
    }
}
