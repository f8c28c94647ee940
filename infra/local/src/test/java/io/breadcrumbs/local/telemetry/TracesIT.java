package io.breadcrumbs.local.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.local.telemetry.Collector.Span;
import io.breadcrumbs.sdk.egress.Reach;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** D12: one trace from a request over HTTP through the log, the engine and its tools to the answer. */
class TracesIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String PRIVATE = "hunter2";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Lines appender = new Lines();
    private final Logger executions = (Logger) LoggerFactory.getLogger("io.breadcrumbs.runner.executions");
    private Collector collector;
    private Platform platform;

    /** Writes lines as the platform's log does: on the thread that says them. */
    private final class Lines extends AppenderBase<ILoggingEvent> {

        private final LineKeys keys = new LineKeys();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + keys.convert(event));
        }
    }

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        collector = new Collector();
        platform = Platform.start(
                        PlatformSettings.anywhere(data)
                                .withPools(Set.of("default"))
                                .withReach(new Reach(Set.of("127.0.0.1"), false, true))
                                .tracedTo(collector.uri()),
                        _ -> {})
                .orThrow();
        appender.start();
        executions.setLevel(Level.INFO);
        executions.addAppender(appender);
    }

    @AfterEach
    void stop() {
        executions.detachAppender(appender);
        executions.setLevel(null);
        platform.close();
        collector.close();
    }

    @Test
    void d12ShowsOneTraceFromTheCallThroughTheRunAndItsToolsToTheAnswer() throws Exception {
        // When
        HttpResponse<String> answer = post("/api/invoke?wait=30", "01", """
                {"threadId": "traced", "name": "%1$s", "steps": [
                  {"id": "asks", "tool": "http_request", "input": {"url": "%2$s?%1$s", "headers": {"x-key": "%1$s"}}},
                  {"id": "slow", "tool": "echo", "input": {"message": "%1$s"}, "deps": "asks"}]}
                """.formatted(PRIVATE, collector.url("/page")));
        platform.close(); // what has not been sent is sent

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Trace-Id")).contains(TRACE);
        assertThat(collector.resource("service.name")).isEqualTo("breadcrumbs");
        List<Span> spans = collector.trace(TRACE);
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(Span::id, Function.identity()));
        assertThat(spans)
                .allSatisfy(span -> assertThat(span.parent().equals(CALLER) || byId.containsKey(span.parent()))
                        .as("the parent of %s", span)
                        .isTrue());
        Span request = only("POST /api/invoke");
        assertThat(request.parent()).isEqualTo(CALLER);
        assertThat(request.kind()).isEqualTo("SPAN_KIND_SERVER");
        assertThat(request.attribute("http.response.status_code")).isEqualTo("200");
        Span asks = only("execute http_request");
        assertThat(path(asks, byId))
                .containsExactly(
                        "execute http_request",
                        "send tool.request.v1",
                        "decide",
                        "send workflow.command.v1",
                        "POST /api/invoke");
        assertThat(asks.attributes())
                .containsEntry("breadcrumbs.run", "traced")
                .containsEntry("breadcrumbs.step", "asks")
                .containsEntry("breadcrumbs.pool", "default")
                .containsEntry("breadcrumbs.outcome", "success")
                .containsKeys("breadcrumbs.request", "breadcrumbs.attempt", "breadcrumbs.lane");
        assertThat(collector.asked()).containsExactly("00-" + TRACE + "-" + asks.id() + "-01");
        Span echo = only("execute echo");
        assertThat(path(echo, byId).subList(0, 6))
                .containsExactly(
                        "execute echo",
                        "send tool.request.v1",
                        "decide",
                        "send tool.response.v1",
                        "execute http_request",
                        "send tool.request.v1");
        assertThat(collector.named("decide"))
                .filteredOn(span -> span.attribute("breadcrumbs.status").equals("completed"))
                .singleElement()
                .satisfies(end -> assertThat(path(end, byId)).startsWith("decide", "send tool.response.v1"));
        assertThat(collector.trace(TRACE).toString()).doesNotContain(PRIVATE);
        assertThat(lines)
                .filteredOn(line -> line.contains("run=traced"))
                .hasSize(2)
                .allMatch(line -> line.endsWith(" trace=" + TRACE));
    }

    @Test
    void d12ShowsWhatWentWrongAndByWhichCode() throws Exception {
        // When
        HttpResponse<String> failed = post("/api/invoke?wait=30", "01", """
                {"threadId": "failed", "steps": [{"id": "a", "tool": "calculator", "input": {"expression": "1/"}}]}
                """);
        HttpResponse<String> refused = post("/api/invoke", "01", "{\"steps\": []}");
        platform.close();

        // Then
        assertThat(failed.statusCode()).as(failed.body()).isEqualTo(422);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Trace-Id")).contains(TRACE);
        assertThat(only("execute calculator"))
                .matches(Span::failed)
                .satisfies(span ->
                        assertThat(span.attribute("breadcrumbs.outcome")).isEqualTo("validation"));
        assertThat(collector.named("decide"))
                .filteredOn(span -> span.attribute("breadcrumbs.status").equals("failed"))
                .singleElement()
                .matches(Span::failed);
        assertThat(collector.named("POST /api/invoke"))
                .extracting(span -> span.attribute("breadcrumbs.problem"))
                .containsExactlyInAnyOrder("run-ended-badly", "invalid");
    }

    @Test
    void d12RecordsNothingWhereTheCallerDoesNot() throws Exception {
        // When
        HttpResponse<String> answer = post("/api/invoke?wait=30", "00", """
                {"threadId": "untold", "steps": [
                  {"id": "a", "tool": "http_request", "input": {"url": "%s"}}]}
                """.formatted(collector.url("/page")));
        platform.close();

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(collector.trace(TRACE)).isEmpty();
        assertThat(collector.asked())
                .singleElement()
                .satisfies(
                        said -> assertThat(said).startsWith("00-" + TRACE + "-").endsWith("-00"));
    }

    @Test
    void d12GoesOnWithTheTraceThatAnMcpCallNames() throws Exception {
        // When
        HttpResponse<String> called = mcp("calculator", "{\"expression\": \"6 * 7\"}");
        HttpResponse<String> run = mcp("invoke", """
                {"workflow": {"steps": [{"id": "a", "tool": "echo", "input": {"message": "hello"}}]}}""");
        platform.close();

        // Then
        assertThat(called.body()).contains("42");
        assertThat(run.body()).contains("completed");
        assertThat(List.of(called, run))
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Trace-Id")).contains(TRACE));
        List<Span> spans = collector.trace(TRACE);
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(Span::id, Function.identity()));
        assertThat(path(only("execute calculator"), byId))
                .containsExactly("execute calculator", "send tool.request.v1");
        assertThat(path(only("execute echo"), byId))
                .containsExactly("execute echo", "send tool.request.v1", "decide", "send workflow.command.v1");
        assertThat(spans)
                .filteredOn(span -> !byId.containsKey(span.parent()))
                .hasSize(2)
                .allMatch(span -> span.parent().equals(CALLER));
    }

    private HttpResponse<String> mcp(String tool, String arguments) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.state().url() + "/mcp"))
                .headers("Content-Type", "application/json", "Accept", "application/json")
                .headers("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", tool)
                .POST(BodyPublishers.ofString("""
                        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
                          "name": "%s", "arguments": %s, "_meta": {
                            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                            "io.modelcontextprotocol/clientCapabilities": {},
                            "traceparent": "00-%s-%s-01"}}}
                        """.formatted(tool, arguments, TRACE, CALLER)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The names from a span up to the one that its caller began. */
    private static List<String> path(Span from, Map<String, Span> byId) {
        List<String> names = new ArrayList<>();
        for (@Nullable Span span = from; span != null; span = byId.get(span.parent())) {
            names.add(span.name());
        }
        return names;
    }

    private Span only(String name) {
        List<Span> all = collector.trace(TRACE).stream()
                .filter(span -> span.name().equals(name))
                .toList();
        assertThat(all).as(name).hasSize(1);
        return all.getFirst();
    }

    private HttpResponse<String> post(String path, String flags, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.state().url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-" + flags)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
