package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.webhooks.SigningSecrets;
import io.breadcrumbs.api.webhooks.WebhookSettings;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Readiness;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.bus.LaneBus;
import io.breadcrumbs.sdk.bus.Limits;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBrokers;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What callers are told when the log takes nothing, or says nothing: whether it may have been done, and no internals.
 */
@Timeout(60)
class NoLogTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Faults REFUSING = new Faults(0, 0, 1, 0, 0, 0, 30_000);
    private static final Faults SILENT = new Faults(1, 0, 0, 0, 0, 0, 3_600_000_000L);
    private static final Faults FICKLE = new Faults(0, 0, 0.5, 0, 0, 0, 30_000);

    private static final String RUN = "{\"steps\":[{\"id\":\"a\",\"tool\":\"nil\"}]}";
    private static final String KEY = "{\"name\":\"a\",\"roles\":[\"emitter\"]}";
    private static final String MCP = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
            + "\"name\":\"invoke_async\",\"arguments\":{\"workflow\":" + RUN + "},"
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    @TempDir
    Path folder;

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final Door door = Door.start(
            new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(SecuritySettings.OFF), new Nothing());

    @AfterEach
    void stop() {
        door.close();
    }

    /** A platform that has read its log, which from now on behaves otherwise. */
    private void start(Limits limits, Faults faults) throws Exception {
        MemoryProcess process = cluster.process("api");
        Wire wire = MemoryBus.wire();
        LaneBus lanes = new LaneBus(MemoryBus.parts(process, wire, scheduler, limits), () -> new Readiness(List.of()));
        WebhookSettings nowhere = WebhookSettings.of(Reach.NOTHING, SigningSecrets.of(folder.resolve("secret")));
        MasterKeys none = MasterKeys.ofEnvironmentOr(folder.resolve("master.keys"));
        Services services = new Services(
                MemoryBus.over(lanes, process, wire),
                new MemoryBrokers(cluster, wire),
                process,
                process::execute,
                new ServicesSettings(folder.resolve("views"), nowhere, none, LimitSettings.ALONE));
        scheduler.run(Duration.ofSeconds(5));
        door.context().getBean(Behind.class).is(services.parts());
        cluster.behave(faults);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(door.url() + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(body));
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> call() throws Exception {
        return post(
                "/mcp",
                MCP,
                "Accept",
                "application/json",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "invoke_async");
    }

    private static JsonNode assertProblem(HttpResponse<String> answer, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).doesNotContainPattern("(io|org)\\.[a-z]+\\.|[a-z]Exception");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asText()).as(answer.body()).isEqualTo(code);
        return problem;
    }

    @Test
    void shouldSayOfWhatTheLogRefusesThatItWasNotDone() throws Exception {
        start(Limits.DEFAULT, REFUSING);

        JsonNode run = assertProblem(post("/api/invoke/async", RUN), "unavailable");

        assertThat(run.path("detail").asText()).startsWith("workflow.command.v1 does not take the record: ");
        assertThat(run.path("threadId").asText()).isNotEmpty();
        assertProblem(post("/api/keys", KEY), "unavailable");
        JsonNode called = JSON.readTree(call().body()).path("result");
        assertThat(called.path("isError").asBoolean()).as("%s", called).isTrue();
        assertThat(called.at("/content/0/text").asText()).startsWith("unavailable: workflow.command.v1");
    }

    @Test
    void shouldSayOfWhatThereIsNoRoomForThatItWasNotDone() throws Exception {
        Limits none = new Limits(1, 10, 1_000_000, 500_000, Duration.ofMillis(200));
        start(none, Faults.NONE);

        JsonNode run = assertProblem(post("/api/invoke/async", RUN), "unavailable");

        assertThat(run.path("threadId").asText()).isNotEmpty();
        assertProblem(post("/api/keys", KEY), "unavailable");
    }

    @Test
    void shouldSayOfWhatTheLogNeverAcknowledgesThatItMayHaveBeenDone() throws Exception {
        start(Limits.DEFAULT, SILENT);
        long began = System.nanoTime();

        JsonNode run = assertProblem(post("/api/invoke/async", RUN), "outcome-unknown");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(run.path("threadId").asText()).isNotEmpty();
    }

    @Test
    void shouldAnswerForEachOfManyBreadcrumbsByItself() throws Exception {
        // Given
        String many = IntStream.range(0, 40)
                .mapToObj(i -> "{\"id\":\"b" + i + "\",\"schema_name\":\"x.v1\"}")
                .collect(Collectors.joining(",", "[", "]"));
        try (LiveBus buses = new LiveBus();
                Breadcrumbs breadcrumbs = new Breadcrumbs(buses.of("api"), Duration.ofSeconds(20))) {
            BreadcrumbStore store = new BreadcrumbStore(breadcrumbs, buses.view("view", folder));
            door.context().getBean(Behind.class).is(store);
            buses.own("owner");
            assertThat(post("/breadcrumbs", "{\"id\":\"first\",\"schema_name\":\"x.v1\"}")
                            .statusCode())
                    .isEqualTo(201);

            // When
            buses.behave(FICKLE);
            HttpResponse<String> answer = post("/breadcrumbs/bulk", many);

            // Then
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<JsonNode> items = StreamSupport.stream(
                            JSON.readTree(answer.body()).path("items").spliterator(), false)
                    .toList();
            assertThat(items)
                    .hasSize(40)
                    .anyMatch(item -> item.path("status").asInt() == 201)
                    .anyMatch(item -> item.path("status").asInt() == 503)
                    .allSatisfy(item -> assertThat(item.path("id").asText()
                                    + item.at("/problem/code").asText())
                            .matches("b\\d+|unavailable"));
        }
    }
}
