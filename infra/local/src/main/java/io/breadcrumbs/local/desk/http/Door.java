package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP door of a platform. What it refuses as a problem document is an answer; whatever else it says ends the
 * command, and so does silence. Any thread; blocks.
 */
final class Door implements AutoCloseable {

    /** How long an answer may take, beside what it is asked to wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int AGAIN_AT_MOST = 10;
    private static final long AGAIN_AFTER_MS = 1_000;

    private final String url;
    private final @Nullable String key;
    private final @Nullable String workspace;
    private final HttpClient http;
    private final CountDownLatch closed;

    /**
     * Of the caller's usual workspace.
     *
     * @param url without a slash at its end
     * @param key of the caller; null if there is none
     */
    Door(String url, @Nullable String key) {
        this.url = url;
        this.key = key;
        this.workspace = null;
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        this.closed = new CountDownLatch(1);
        uri(""); // now, not with the first request
    }

    private Door(Door same, String workspace) {
        this.url = same.url;
        this.key = same.key;
        this.workspace = workspace;
        this.http = same.http;
        this.closed = same.closed;
    }

    /**
     * The same door, asked in a workspace; closed with it.
     *
     * @param other null: the caller's usual one
     */
    Door in(@Nullable String other) {
        if (other == null) {
            return this;
        }
        if (!other.matches("[!-~]{1,256}")) {
            throw new FailureException(
                    ExitCode.USAGE,
                    "--workspace: expected 1 to 256 letters, digits and signs of ASCII, got '" + other + "'");
        }
        return new Door(this, other);
    }

    /** A part of an address. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Reply get(String path) throws InterruptedException {
        return send("GET", path, null, PATIENCE);
    }

    /** Asks for what may take so long. */
    Reply get(String path, Duration wait) throws InterruptedException {
        return send("GET", path, null, PATIENCE.plus(wait));
    }

    Reply post(String path, JsonObject body) throws InterruptedException {
        return send("POST", path, body.toString(), PATIENCE);
    }

    /**
     * Asks; what was refused for being too much, or cannot be read at this moment, is asked for again.
     *
     * @param body JSON; null: none
     */
    Reply send(String method, String path, @Nullable String body, Duration atMost) throws InterruptedException {
        for (int again = 0; ; again++) {
            Reply reply = once(method, path, body, atMost);
            if (!(reply instanceof Reply.Problem problem) || !passes(method, problem) || again == AGAIN_AT_MOST) {
                return reply;
            }
            rest(Duration.ofMillis(AGAIN_AFTER_MS));
        }
    }

    private static boolean passes(String method, Reply.Problem problem) {
        return problem.status() == 429
                || (method.equals("GET") && Reply.text(problem.json(), "code").equals("unavailable"));
    }

    /** Waits, unless the door is closed. */
    void rest(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the door is closed");
        }
    }

    private Reply once(String method, String path, @Nullable String body, Duration atMost) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(request(method, path, body).timeout(atMost).build(), BodyHandlers.ofString());
            return reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw silent(e);
        }
    }

    private HttpRequest.Builder request(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null && !key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        if (workspace != null) {
            request.header("Breadcrumbs-Workspace", workspace);
        }
        String user = System.getProperty("user.name", "");
        return user.matches("[!-~]{1,200}") ? request.header("Breadcrumbs-Agent", user) : request;
    }

    private URI uri(String path) {
        try {
            URI uri = URI.create(url + path);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new FailureException(ExitCode.USAGE, "--url: expected http://host:port, got '" + url + "'");
    }

    private FailureException silent(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new FailureException(
                ExitCode.NO_PLATFORM,
                "no platform answers at " + url + " (" + why
                        + "); start one with './crumb up --detach', or give its --url");
    }

    private Reply reply(int status, String body) {
        JsonObject json = body.isBlank() ? Reply.NOTHING : Reply.object(body);
        boolean problem =
                json != null && status >= 400 && !Reply.text(json, "code").isEmpty();
        if (status == 401) {
            throw new FailureException(
                    ExitCode.FAILED,
                    url + " asks who you are: give a valid key with --api-key, or in the environment variable "
                            + Target.KEY);
        }
        if (json == null || (status >= 300 && !problem)) {
            throw new FailureException(
                    ExitCode.NO_PLATFORM,
                    url + " answers " + status + ": that is no Breadcrumbs platform; give its --url");
        }
        return problem ? new Reply.Problem(status, json) : new Reply.Ok(json);
    }

    /**
     * An event of a stream.
     *
     * @param name empty for what only says how far the stream is
     * @param id where a viewer goes on that has seen it; null if it says none
     */
    record Event(String name, @Nullable String id, String data) {}

    /** Asks for a stream, and hears its events until it ends. */
    void events(String path, JsonObject body, Consumer<Event> event) throws InterruptedException {
        Reply refused = events(request("POST", path, body.toString()), one -> {
            event.accept(one);
            return true;
        });
        refused.orFail();
    }

    /**
     * The same behind what was seen already, until who hears it has had enough.
     *
     * @param seen the id of the last event; null: none
     * @return nothing, or the problem that it is
     */
    Reply events(String path, @Nullable String seen, Predicate<Event> wantsMore) throws InterruptedException {
        HttpRequest.Builder request = request("GET", path, null);
        return events(seen == null ? request : request.header("Last-Event-ID", seen), wantsMore);
    }

    private Reply events(HttpRequest.Builder request, Predicate<Event> wantsMore) throws InterruptedException {
        try {
            HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() != 200) {
                    return reply(response.statusCode(), lines.collect(Collectors.joining("\n")));
                }
                hear(lines.iterator(), wantsMore);
                return new Reply.Ok(Reply.NOTHING);
            }
        } catch (UncheckedIOException e) {
            throw silent(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw silent(e);
        }
    }

    private static void hear(Iterator<String> lines, Predicate<Event> wantsMore) {
        Map<String, String> said = new HashMap<>();
        while (lines.hasNext()) {
            String line = lines.next();
            int colon = line.indexOf(": ");
            if (colon > 0) {
                said.put(line.substring(0, colon), line.substring(colon + 2));
            } else if (line.isEmpty() && !said.isEmpty()) {
                Event event = new Event(said.getOrDefault("event", ""), said.get("id"), said.getOrDefault("data", ""));
                said.clear();
                if (!wantsMore.test(event)) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
    }
}
