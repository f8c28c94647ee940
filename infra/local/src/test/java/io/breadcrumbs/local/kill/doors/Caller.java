package io.breadcrumbs.local.kill.doors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who starts runs and watches them, at whichever door answers: one that does not is left for another, with the
 * same id. Each works on a thread of its own.
 */
final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long REST_NANOS = 50_000_000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<URI> doors;
    private int turn;

    Caller(List<URI> doors, int first) {
        this.doors = List.copyOf(doors);
        turn = first;
    }

    private URI at(String path) {
        return doors.get(Math.floorMod(turn, doors.size())).resolve(path);
    }

    private void elsewhere() {
        turn++;
        LockSupport.parkNanos(REST_NANOS);
    }

    /** Returns when a door has said that the run is started. */
    void start(String body) throws InterruptedException {
        while (true) {
            try {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(at("/api/invoke/async"))
                                .header("Content-Type", "application/json")
                                .timeout(PATIENCE)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                demandAway(answer.statusCode(), answer.body());
            } catch (IOException e) {
                // it is killed, or is starting
            }
            elsewhere();
        }
    }

    /** Reads a run's stream to its end, through as many doors as it takes. */
    void watch(Watched run) throws InterruptedException {
        while (!run.over()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at("/api/invoke/stream/" + run.id()));
            if (run.last() > 0) {
                request.header("Last-Event-ID", Long.toString(run.last()));
            }
            try {
                HttpResponse<InputStream> answer =
                        client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                    if (answer.statusCode() == 200) {
                        run.read(lines);
                    } else {
                        demandAway(answer.statusCode(), String.valueOf(lines.readLine()));
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                // it is killed, or is starting
            }
            if (!run.over()) {
                elsewhere();
            }
        }
    }

    /** A door that is not ready says so; anything else is a fault. */
    private static void demandAway(int status, String body) {
        if (status != 503) {
            throw new IllegalStateException("expected 200 or 503, got " + status + ": " + body);
        }
    }
}
