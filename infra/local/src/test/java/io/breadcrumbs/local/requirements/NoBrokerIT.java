package io.breadcrumbs.local.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.kafka.Ports;
import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.doors.DoorProcess;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.local.requirements.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A door whose broker and registry are gone: what it says to whom asks for what only the log can give or take. */
@Timeout(240)
class NoBrokerIT {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final String JSON = "Content-Type: application/json";
    private static final String TOOL = "/api/tools/echo";
    private static final String RUN = "{\"steps\":[{\"id\":\"a\",\"tool\":\"echo\",\"input\":{\"message\":\"x\"}}]}";

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();

    private record Ask(String method, String target, String body) {

        List<String> headers() {
            return target.equals("/mcp")
                    ? List.of(
                            JSON,
                            "Accept: application/json",
                            "MCP-Protocol-Version: 2026-07-28",
                            "Mcp-Method: tools/call",
                            "Mcp-Name: invoke_async")
                    : List.of(JSON);
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What needs the log. */
    private static final List<Ask> REFUSED = List.of(
            new Ask("POST", "/api/invoke/async", RUN),
            new Ask("POST", "/api/invoke/async", "{\"threadId\":\"named\"," + RUN.substring(1)),
            new Ask("POST", "/api/invoke", RUN),
            new Ask("POST", "/api/runs/open/cancel", ""),
            new Ask("POST", "/breadcrumbs", "{\"schema_name\":\"a.v1\"}"),
            new Ask("PATCH", "/breadcrumbs/kept", "{\"title\":\"b\"}"),
            new Ask("POST", "/api/keys", "{\"name\":\"a\",\"roles\":[\"emitter\"]}"),
            new Ask("PUT", "/api/workflows/w", RUN),
            new Ask("GET", "/api/topics", ""),
            new Ask("GET", "/api/dead-letters", ""),
            new Ask("GET", "/api/invoke-status/status/unknown", ""));

    /** What views may still answer, and MCP and lists, which carry problems in a good answer. */
    private static final List<Ask> ANSWERED = List.of(
            new Ask("GET", "/api/invoke-status/status/open", ""),
            new Ask("GET", "/api/runs", ""),
            new Ask("GET", "/api/runs/open/why", ""),
            new Ask("GET", "/breadcrumbs/kept", ""),
            new Ask("GET", "/breadcrumbs?limit=1", ""),
            new Ask("GET", "/api/workflows/known", ""),
            new Ask("GET", "/api/tools", ""),
            new Ask("POST", TOOL + "?timeout=3", "{\"message\":\"x\"}"),
            new Ask("GET", "/health/readiness", ""),
            new Ask("POST", "/breadcrumbs/bulk", "[{\"schema_name\":\"a.v1\"}]"),
            new Ask(
                    "POST",
                    "/mcp",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"invoke_async\","
                            + "\"arguments\":{\"workflow\":" + RUN + "},\"_meta\":{"
                            + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}"));

    @Test
    void shouldSayWithinABoundedTimeThatThereIsNoBroker(@TempDir Path folder) throws Exception {
        // Given
        int port = Ports.choose(0);
        String url = "http://127.0.0.1:" + port;
        Platform platform = Platform.start(
                        PlatformSettings.anywhere(folder.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
        try (Fleet doors = new Fleet(platform.state(), folder, DoorProcess.class)) {
            try (platform;
                    Web web = new Web(url)) {
                doors.start("door", List.of(folder.resolve("door").toString(), "" + port));
                Patience.await(
                        "the door is ready", () -> doors.living().stream().allMatch(Member::ready));
                prepare(web);
            }

            // When
            ask(new RawHttp(url, BOUND));
            ask(new RawHttp(url, BOUND)); // the client has given up its connections meanwhile

            // Then
            assertThat(doors.living()).hasSize(1);
            assertThat(faults).as("answered with %s", codes).isEmpty();
            assertThat(codes.values()).contains("unavailable");
        }
    }

    private static void prepare(Web web) throws IOException, InterruptedException {
        String open = "{\"threadId\": \"open\", \"steps\": [{\"id\": \"a\", \"wait\": {\"signal\": \"never\"}}]}";
        assertThat(web.post("/api/invoke/async", open).status()).isEqualTo(200);
        assertThat(web.post("/breadcrumbs", "{\"id\": \"kept\", \"schema_name\": \"s.v1\"}")
                        .status())
                .isEqualTo(201);
        assertThat(web.put("/api/workflows/known", RUN).status()).isBetween(200, 201);
    }

    private void ask(RawHttp http) throws InterruptedException {
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            REFUSED.forEach(ask -> hands.execute(() -> ask(http, ask, true)));
            ANSWERED.forEach(ask -> hands.execute(() -> ask(http, ask, false)));
            hands.shutdown();
            assertThat(hands.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void ask(RawHttp http, Ask ask, boolean refused) {
        String shown = ask.method() + " " + ask.target();
        try {
            Answer answer = http.send(ask.method(), ask.target(), ask.headers(), ask.bytes());
            String what = shown + " -> " + answer.status() + " " + answer.headers() + " " + answer.body();
            if (Internals.areIn(answer.body())) {
                faults.add("internals: " + what);
            }
            boolean away = answer.status() == 503;
            boolean late = answer.status() == 504 && ask.target().startsWith(TOOL); // sent, and never answered
            boolean health = ask.target().startsWith("/health");
            if (away && !health && !answer.headers().containsKey("retry-after")) {
                faults.add("no Retry-After: " + what);
            }
            if (refused ? !away : answer.status() >= 500 && !away && !late) {
                faults.add("not a 503: " + what);
            }
            if (refused) {
                codes.put(shown, answer.body().replaceFirst("(?s).*\"code\":\"([a-z-]+)\".*", "$1"));
            }
        } catch (IOException | RuntimeException e) {
            faults.add(shown + " -> " + e);
        }
    }
}
