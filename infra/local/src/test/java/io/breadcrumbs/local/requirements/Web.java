package io.breadcrumbs.local.requirements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A caller of the door. */
final class Web implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Web(String url) {
        this.url = url;
    }

    /** What came back. */
    record Reply(int status, HttpResponse<String> response) {

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }

        String text(String pointer) throws IOException {
            return json().at(pointer).asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** @param id null where it has none */
    record Seen(String name, @Nullable String id, JsonNode data) {

        String step() {
            return data.path("stepId").asText();
        }
    }

    Reply get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    Reply post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply put(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response);
    }

    /** The events of a stream, until it ends or one is so. */
    List<Seen> stream(String path, Predicate<Seen> last, String... headers) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("stream " + path + " is answered " + response.statusCode());
        }
        List<Seen> all = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String id = null;
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    Seen seen = new Seen(name, id, JSON.readTree(line.substring(6)));
                    all.add(seen);
                    id = null;
                    if (last.test(seen)) {
                        return all;
                    }
                }
                line = lines.readLine();
            }
        }
        return all;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
