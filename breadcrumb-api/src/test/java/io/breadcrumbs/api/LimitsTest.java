package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.view.BreadcrumbView;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door refuses of callers that it lets in, and what it says when there is nothing behind it. */
@Timeout(60)
class LimitsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final SecuritySettings OPEN =
            SecuritySettings.OFF.withOrigins(Set.of("https://console.example.com"));
    private static final String[] JSON = {"Content-Type", "application/json"};

    private Door door = start(OPEN.withLimits(LimitSettings.USUAL.withBytes(2_000, 4_096, 1_024)));

    private static Door start(SecuritySettings security) {
        return Door.start(new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(security), new Nothing());
    }

    private void restart(SecuritySettings security) {
        door.close();
        door = start(security);
    }

    @AfterEach
    void stop() {
        door.close();
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(door.url() + path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void shouldAskWhoAsksTooOftenToComeBack() throws Exception {
        restart(OPEN.withLimits(LimitSettings.USUAL.withRequests(1, 3)));
        for (int i = 0; i < 3; i++) {
            assertThat(get("/platform").statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = get("/platform");

        assertProblem(refused, 429, "too-many");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void shouldCountThoseWhoTryKeys() throws Exception {
        restart(SecuritySettings.ON.withLimits(LimitSettings.USUAL.withRequests(1, 3)));
        for (int i = 0; i < 3; i++) {
            assertThat(get("/platform").statusCode()).isEqualTo(401);
        }

        assertProblem(get("/platform"), 429, "too-many");
    }

    @Test
    void shouldReadNoBodyThatIsTooLarge() throws Exception {
        byte[] large = "x".repeat(3_000).getBytes(StandardCharsets.US_ASCII);
        BodyPublisher inChunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));

        assertProblem(send("POST", "/breadcrumbs", BodyPublishers.ofByteArray(large), JSON), 413, "too-large");
        assertProblem(send("POST", "/breadcrumbs", inChunks, JSON), 413, "too-large");
        for (String bodiless : List.of("/openapi.json", "/platform", "/breadcrumbs")) {
            assertProblem(send("GET", bodiless, BodyPublishers.ofByteArray(large)), 413, "too-large");
        }
    }

    @Test
    void shouldReadNoAddressAndNoHeadersThatAreTooLarge() throws Exception {
        assertThat(get("/breadcrumbs?q=" + "x".repeat(2_000)).statusCode()).isBetween(400, 499);
        assertThat(get("/breadcrumbs", "X-Long", "x".repeat(5_000)).statusCode())
                .isBetween(400, 499);
        assertThat(get("/platform").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, https://evil.example.com, 403",
        "POST, null, 403",
        "POST, http://127.0.0.1, 403",
        "DELETE, https://evil.example.com, 403",
        "POST, https://console.example.com, 503",
        "POST, http://127.0.0.1:PORT, 503",
        "GET, https://console.example.com, 503"
    })
    void shouldTakeChangesFromPagesThatAreAllowed(String method, String origin, int status) throws Exception {
        String port = door.url().substring(door.url().lastIndexOf(':') + 1);
        String path = method.equals("DELETE") ? "/breadcrumbs/x" : "/breadcrumbs";
        BodyPublisher body =
                method.equals("POST") ? BodyPublishers.ofString("{\"schema_name\":\"x.v1\"}") : BodyPublishers.noBody();

        HttpResponse<String> answer =
                send(method, path, body, "Content-Type", "application/json", "Origin", origin.replace("PORT", port));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void shouldTellBrowsersWhichPagesMayReadAnswers() throws Exception {
        HttpResponse<String> asked = preflight("https://console.example.com");
        HttpResponse<String> refused = preflight("https://evil.example.com");

        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains("https://console.example.com");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return send(
                "OPTIONS",
                "/breadcrumbs",
                BodyPublishers.noBody(),
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization");
    }

    /** A page that gives its own name this machine's address reads without an Origin, and by its own name. */
    @Test
    void shouldAnswerToNamesOfThisMachineOnlyWhileEverybodyMayCome() throws Exception {
        assertThat(platformAt("evil.example.com")).startsWith("HTTP/1.1 403").doesNotContain("kafka");
        assertThat(platformAt("localhost:80")).startsWith("HTTP/1.1 200");
    }

    private String platformAt(String host) throws Exception {
        String request = "GET /platform HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        URI address = URI.create(door.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/platform", "/health", "/nowhere", "/breadcrumbs"})
    void shouldTellBrowsersToDoNothingElseWithAnswers(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(List.of(
                        "X-Content-Type-Options",
                        "X-Frame-Options",
                        "Referrer-Policy",
                        "Content-Security-Policy",
                        "Cache-Control"))
                .allSatisfy(name ->
                        assertThat(answer.headers().firstValue(name)).as(name).isPresent());
    }

    /** Nobody runs the log: it takes nothing, and gives nothing. */
    @Test
    void shouldSayWithinABoundedTimeThatThereIsNoLog(@TempDir Path folder) throws Exception {
        // Given
        restart(SecuritySettings.OFF);
        SeededScheduler scheduler = new SeededScheduler(1);
        MemoryProcess process = new MemoryCluster(scheduler, 1, Faults.NONE).process("api");
        MemoryBus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
        try (BreadcrumbView view = new BreadcrumbView(bus, process, process::execute, folder);
                Breadcrumbs breadcrumbs = new Breadcrumbs(bus, Duration.ofMillis(200))) {
            door.context().getBean(Behind.class).is(new BreadcrumbStore(breadcrumbs, view));

            // When
            HttpResponse<String> read = get("/breadcrumbs/x");
            HttpResponse<String> written =
                    send("POST", "/breadcrumbs", BodyPublishers.ofString("{\"schema_name\":\"x.v1\"}"), JSON);

            // Then
            assertProblem(read, 503, "unavailable");
            assertProblem(written, 503, "outcome-unknown");
            assertThat(List.of(read, written))
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .contains("1"));
        }
    }
}
