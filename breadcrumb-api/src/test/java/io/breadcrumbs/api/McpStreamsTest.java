package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.webhooks.SigningSecrets;
import io.breadcrumbs.api.webhooks.WebhookSettings;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBrokers;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of MCP clients, of which a caller may have two here. */
class McpStreamsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String HANDSHAKE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String LISTEN =
            "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"subscriptions/listen\",\"params\":"
                    + "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    @TempDir
    Path folder;

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final MemoryProcess process = cluster.process("api");
    private final Door door = Door.start(
            new DoorSettings(0, "k:1", "http://r:2", "i", "v")
                    .withSecurity(SecuritySettings.OFF.withLimits(LimitSettings.USUAL.withStreams(2))),
            new Nothing());

    @BeforeEach
    void start() throws Exception {
        Wire wire = MemoryBus.wire();
        MemoryBus bus = MemoryBus.in(process, wire, scheduler);
        MemoryBrokers brokers = new MemoryBrokers(cluster, wire);
        WebhookSettings nowhere = WebhookSettings.of(Reach.NOTHING, SigningSecrets.of(folder.resolve("secret")));
        MasterKeys none = MasterKeys.ofEnvironmentOr(folder.resolve("master.keys"));
        Services services = new Services(
                bus,
                brokers,
                process,
                process::execute,
                new ServicesSettings(folder.resolve("views"), nowhere, none, LimitSettings.ALONE));
        door.context().getBean(Behind.class).is(services.parts());
        scheduler.run(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        door.close();
    }

    private HttpRequest.Builder request(String... headers) {
        return HttpRequest.newBuilder(URI.create(door.url() + "/mcp"))
                .headers(headers)
                .headers("Content-Type", "application/json", "Accept", "application/json, text/event-stream");
    }

    private String session() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                request("Breadcrumbs-Agent", "ada")
                        .POST(BodyPublishers.ofString(HANDSHAKE))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private HttpResponse<InputStream> listen(String session) throws Exception {
        return HTTP.send(
                request("Breadcrumbs-Agent", "ada", "Mcp-Session-Id", session)
                        .GET()
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private HttpResponse<InputStream> subscribe(String agent) throws Exception {
        return HTTP.send(
                request(
                                "Breadcrumbs-Agent",
                                agent,
                                "MCP-Protocol-Version",
                                "2026-07-28",
                                "Mcp-Method",
                                "subscriptions/listen")
                        .POST(BodyPublishers.ofString(LISTEN))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private HttpResponse<InputStream> call(String session) throws Exception {
        return HTTP.send(
                request("Breadcrumbs-Agent", "ada", "Mcp-Session-Id", session)
                        .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\","
                                + "\"params\":{\"name\":\"nobody\"}}"))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    @Test
    void shouldCountTheStreamsOfACallerAndGiveTheirPlacesBack() throws Exception {
        // Given
        String session = session();
        assertThat(listen(session).statusCode()).isEqualTo(200);
        assertThat(subscribe("ada").statusCode()).isEqualTo(200);

        // Then
        assertThat(subscribe("ada").statusCode()).isEqualTo(429);
        assertThat(listen(session).statusCode()).isEqualTo(429);
        assertThat(call(session).statusCode()).isEqualTo(429);
        assertThat(subscribe("bob").statusCode()).isEqualTo(200);

        // When
        HttpResponse<Void> ended = HTTP.send(
                request("Breadcrumbs-Agent", "ada", "Mcp-Session-Id", session)
                        .DELETE()
                        .build(),
                BodyHandlers.discarding());

        // Then
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(listen(session()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveThePlaceOfACallBackWhenItIsAnswered() throws Exception {
        String session = session();

        for (int i = 0; i < 5; i++) {
            HttpResponse<InputStream> answer = call(session);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("expected a tool, got nobody");
        }
    }
}
