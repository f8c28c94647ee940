package io.breadcrumbs.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a door that takes everybody at their word, in the name of one workspace or another. */
final class Visitor implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Visitor(String url) {
        this.url = url;
    }

    /** @param text empty for a stream that does not end by itself */
    record Reply(int status, JsonNode json, String text) {}

    Reply send(String workspace, String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Breadcrumbs-Workspace", workspace);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        String type = response.headers().firstValue("Content-Type").orElse("");
        try (InputStream in = response.body()) {
            boolean endless = path.matches(".*/stream(/.*)?") && type.startsWith("text/event-stream");
            String text = endless ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            JsonNode json = type.contains("json") ? JSON.readTree(text) : MissingNode.getInstance();
            return new Reply(response.statusCode(), json, text);
        }
    }

    /** The same where it must be done. */
    Reply good(String workspace, String method, String path, String body) throws Exception {
        Reply reply = send(workspace, method, path, body);
        assertThat(reply.status()).as("%s %s: %s", method, path, reply.text()).isBetween(200, 299);
        return reply;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
