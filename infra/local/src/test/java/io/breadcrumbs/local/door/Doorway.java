package io.breadcrumbs.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A platform with tools, its HTTP door, and a bus that sees what the door asks for. */
final class Doorway implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Platform platform;
    final Bus bus;
    final HttpClient http = HttpClient.newHttpClient();
    final Queue<ToolRequest> requests = new ConcurrentLinkedQueue<>();
    final Queue<ToolResponse> answers = new ConcurrentLinkedQueue<>();

    Doorway(Path folder) throws Exception {
        platform = Platform.start(PlatformSettings.anywhere(folder).withPools(Set.of("default")), _ -> {})
                .orThrow();
        bus = KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "test")),
                PATIENCE);
        bus.tail(TailFrom.beginning(Catalogue.TOOL_RESPONSE), (breadcrumb, _, _) -> answers.add(breadcrumb.body()))
                .ready()
                .get();
        bus.tail(TailFrom.beginning(Catalogue.TOOL_REQUEST), (breadcrumb, _, _) -> requests.add(breadcrumb.body()))
                .ready()
                .get();
    }

    /** The newest request that this agent has made. */
    Optional<ToolRequest> asked(String agent) {
        return requests.stream()
                .filter(one -> agent.equals(one.getRequestedBy()))
                .reduce((_, last) -> last);
    }

    record Reply(int status, JsonNode json, HttpResponse<String> raw) {

        String code() {
            return json.path("code").asText();
        }
    }

    URI uri(String path) {
        return URI.create(platform.state().url() + path);
    }

    Reply send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean isJson =
                response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Reply(
                response.statusCode(), isJson ? JSON.readTree(response.body()) : MissingNode.getInstance(), response);
    }

    /** Puts a tool in JavaScript into the catalogue. */
    void publish(String name, String code) throws Exception {
        ToolDefinition tool = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name, "default", "test", Instant.now()))
                .setName(name)
                .setKind(ToolKind.SCRIPT)
                .setSource(JSON.createObjectNode().put("code", code).toString())
                .build();
        bus.publish(Catalogue.TOOL, name + " / 1", tool).get();
    }

    static void await(String what, Callable<Boolean> isSo) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isSo.call()) {
            assertThat(System.nanoTime()).as("waited 60 s until " + what).isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        http.close();
        bus.close();
        platform.close();
    }
}
