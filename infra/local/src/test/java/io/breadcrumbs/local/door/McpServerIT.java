package io.breadcrumbs.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.door.Doorway.Reply;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The door as an MCP server: to the official Java client, and in what that client cannot show. */
@Timeout(120)
class McpServerIT {

    private static final String[] JSON = {"Accept", "application/json, text/event-stream"};

    @TempDir
    static Path data;

    private static Doorway door;
    private static McpSyncClient client;
    private static final Queue<ProgressNotification> PROGRESS = new ConcurrentLinkedQueue<>();
    private static final Queue<List<Tool>> CHANGES = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        door = new Doorway(data.resolve("data"));
        client = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder(door.uri("").toString())
                                .requestBuilder(HttpRequest.newBuilder().header("Breadcrumbs-Agent", "sdk"))
                                .build())
                .requestTimeout(Duration.ofSeconds(40))
                .progressConsumer(PROGRESS::add)
                .toolsChangeConsumer(CHANGES::add)
                .build();
        client.initialize();
    }

    @AfterAll
    static void stop() {
        client.closeGracefully();
        door.close();
    }

    private static CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static CallToolResult followed(String tool, Map<String, Object> arguments) {
        CallToolRequest.Builder request = CallToolRequest.builder(tool).arguments(arguments);
        return client.callTool(request.progressToken(tool).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    @Test
    void shouldOfferAllToolsInAStableOrderWithTheirSchemas() {
        List<Tool> tools = client.listTools().tools();

        assertThat(client.getCurrentInitializationResult().protocolVersion()).isEqualTo("2025-11-25");
        assertThat(tools.stream().map(Tool::name)).contains("echo", "timer", "breadcrumb_search");
        assertThat(client.listTools().tools()).isEqualTo(tools);
        Tool timer = tools.stream()
                .filter(tool -> tool.name().equals("timer"))
                .findFirst()
                .orElseThrow();
        assertThat(timer.inputSchema()).containsEntry("type", "object").containsKey("properties");
        assertThat(timer.outputSchema()).containsEntry("type", "object");
        assertThat(timer.annotations().readOnlyHint()).isTrue();
        assertThat(timer.description()).isNotEmpty();
    }

    @Test
    void shouldCallAToolInTheCallersNameAndGiveStructuredOutput() {
        CallToolResult result = call("calculate", Map.of("expression", "6 * 7"));

        assertThat(result.isError()).isFalse();
        assertThat(result.structuredContent().toString()).contains("42");
        assertThat(text(result)).contains("42");
        assertThat(door.asked("sdk")).isPresent();
    }

    @Test
    void shouldAnswerAToolsErrorAsAResult() {
        CallToolResult result = call("timer", Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("VALIDATION").contains("seconds");
    }

    @Test
    void shouldRefuseAToolThatThereIsNot() {
        assertThatThrownBy(() -> call("nobody", Map.of())).isInstanceOf(McpError.class);
    }

    @Test
    void shouldTellProgressWhileACallTakesItsTime() {
        CallToolResult result = followed("timer", Map.of("seconds", 6));

        assertThat(result.isError()).isFalse();
        assertThat(isHeard("timer", "under way for ")).isTrue();
    }

    @Test
    void shouldHandOnWhatAToolSaysOfItsProgress() throws Exception {
        door.publish("talker", """
                function execute() {
                  console.log('half way'); const end = Date.now() + 500; while (Date.now() < end) {} return {};
                }""");
        Doorway.await("it is offered", () -> isOffered("talker"));

        // the first call may come before anybody listens
        Doorway.await("it is heard", () -> !followed("talker", Map.of()).isError() && isHeard("talker", "half way"));
    }

    private static boolean isOffered(String tool) {
        return client.listTools().tools().stream().anyMatch(one -> one.name().equals(tool));
    }

    private static boolean isHeard(String token, String message) {
        return PROGRESS.stream()
                .filter(one -> token.equals(one.progressToken()))
                .anyMatch(one -> String.valueOf(one.message()).startsWith(message));
    }

    @Test
    void shouldTellWhenTheToolsHaveChanged() throws Exception {
        door.publish("newcomer", "function execute() { return {}; }");

        Doorway.await(
                "the client is told",
                () -> CHANGES.stream()
                        .anyMatch(tools ->
                                tools.stream().anyMatch(tool -> tool.name().equals("newcomer"))));
        assertThat(call("newcomer", Map.of()).isError()).isFalse();
    }

    @Test
    void shouldGiveBreadcrumbsOfTheWorkspaceOnly() throws Exception {
        String id = door.send(
                        "POST", "/breadcrumbs", "{\"schema_name\":\"mcp.v1\",\"id\":\"a:b/c\",\"title\":\"Milk\"}")
                .json()
                .get("id")
                .asText();
        door.send(
                "POST", "/breadcrumbs", "{\"schema_name\":\"mcp.v1\",\"id\":\"theirs\"}", "Breadcrumbs-Workspace", "x");

        var listed = client.listResources().resources().stream()
                .filter(one -> id.equals(one.name()))
                .findFirst()
                .orElseThrow();
        var contents = client.readResource(listed).contents().getFirst();

        assertThat(listed.title()).isEqualTo("Milk");
        assertThat(((TextResourceContents) contents).text()).contains("\"title\":\"Milk\"");
        assertThat(client.listResources().resources())
                .noneMatch(one -> one.name().equals("theirs"));
        assertThat(client.listResourceTemplates().resourceTemplates().stream().map(one -> one.uriTemplate()))
                .containsExactly("breadcrumb://{id}", "run://{id}/history{?from}");
        assertThatThrownBy(() -> client.readResource(
                        ReadResourceRequest.builder("breadcrumb://theirs").build()))
                .isInstanceOf(McpError.class);
    }

    // ------------------------------------------------------------------ by hand: sessions

    private static String handshake(String agent) throws Exception {
        Reply reply = door.send(
                "POST",
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"hand\",\"version\":\"1\"}}}",
                "Accept",
                JSON[1],
                "Breadcrumbs-Agent",
                agent);
        assertThat(reply.json().at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
        return reply.raw().headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private static Reply post(String agent, String session, String body) throws Exception {
        return door.send(
                "POST", "/mcp", body, "Accept", JSON[1], "Breadcrumbs-Agent", agent, "Mcp-Session-Id", session);
    }

    private static String timer(String id, int seconds) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"timer\","
                + "\"arguments\":{\"seconds\":" + seconds + "}}}";
    }

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    @Test
    void shouldKeepASessionForWhoHasOpenedIt() throws Exception {
        String session = handshake("owner");

        assertThat(post("owner", session, LIST).status()).isEqualTo(200);
        assertThat(post("other", session, LIST).status()).isEqualTo(404);
        assertThat(post("owner", "made-up", LIST).status()).isEqualTo(404);
        assertThat(door.send("POST", "/mcp", LIST, JSON).status()).isEqualTo(400);

        String[] own = {"Breadcrumbs-Agent", "owner", "Mcp-Session-Id", session};
        assertThat(door.send("DELETE", "/mcp", "", own).status()).isEqualTo(204);
        assertThat(post("owner", session, LIST).status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseOtherOrigins() throws Exception {
        assertThat(door.send("POST", "/mcp", LIST, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(door.send("GET", "/mcp", "", "Origin", "http://127.0.0.1.evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(door.send("DELETE", "/mcp", "", "Origin", "null").status()).isEqualTo(403);
    }

    @Test
    void shouldRefuseWhatIsNoMessage() throws Exception {
        String session = handshake("hand");
        for (String body :
                List.of("{", "[]", "{}", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", "1", "\"\"")) {
            Reply reply = post("hand", session, body);

            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.json().at("/error/code").asInt()).isLessThan(-32000);
        }
        assertThat(post("hand", session, LIST.replace("tools/list", "no/such"))
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32601);
    }

    private static CompletableFuture<String> begin(String agent, String session, String body, String... more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.uri("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", JSON[1])
                .header("Breadcrumbs-Agent", agent)
                .POST(BodyPublishers.ofString(body));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        if (more.length > 0) {
            request.headers(more);
        }
        return door.http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(response -> response.body());
    }

    private static ToolResponse answered(String agent) throws Exception {
        Doorway.await("it is asked for", () -> door.asked(agent).isPresent());
        ToolRequest request = door.asked(agent).orElseThrow();
        Doorway.await("it is answered", () -> answer(request).isPresent());
        return answer(request).orElseThrow();
    }

    private static Optional<ToolResponse> answer(ToolRequest request) {
        return door.answers.stream()
                .filter(one -> one.getRequestId().equals(request.getRequestId()))
                .findFirst();
    }

    @Test
    void shouldStopWhatTheClientCancels() throws Exception {
        String session = handshake("canceller");
        CompletableFuture<String> stream = begin("canceller", session, timer("7", 50));
        Doorway.await("it is asked for", () -> door.asked("canceller").isPresent());

        Reply told = post(
                "canceller",
                session,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7,\"reason\":\"no\"}}");

        assertThat(told.status()).isEqualTo(202);
        assertThat(answered("canceller").getError().getKind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(stream.get()).doesNotContain("\"id\":7");
    }

    @Test
    void shouldStopWhatNobodyWaitsForAnyMore() throws Exception {
        String session = handshake("leaver");
        CompletableFuture<String> stream = begin("leaver", session, timer("7", 50));
        Doorway.await("it is asked for", () -> door.asked("leaver").isPresent());

        stream.cancel(true);

        assertThat(answered("leaver").getError().getKind()).isEqualTo(ErrorKind.CANCELLED);
    }

    // ------------------------------------------------------------------ by hand: without sessions

    private static String stateless(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"" + method + "\",\"params\":{" + params
                + (params.isEmpty() ? "" : ",")
                + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    }

    private static Reply alone(String method, String params, String... more) throws Exception {
        String[] headers = {"Accept", "application/json", "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method};
        String[] all = java.util.stream.Stream.of(headers, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
        return door.send("POST", "/mcp", stateless(method, params), all);
    }

    @Test
    void shouldAnswerTheRevisionWithoutSessions() throws Exception {
        JsonNode found = alone("server/discover", "").json().get("result");
        JsonNode tools = alone("tools/list", "").json().get("result");
        JsonNode called = alone(
                        "tools/call",
                        "\"name\":\"calculate\",\"arguments\":{\"expression\":\"1+1\"}",
                        "Mcp-Name",
                        "=?base64?Y2FsY3VsYXRl?=")
                .json()
                .get("result");

        assertThat(found.get("supportedVersions").get(0).asText()).isEqualTo("2026-07-28");
        assertThat(found.at("/capabilities/tools/listChanged").asBoolean()).isTrue();
        assertThat(tools.get("resultType").asText()).isEqualTo("complete");
        assertThat(tools.has("ttlMs")).isTrue();
        assertThat(tools.get("cacheScope").asText()).isEqualTo("private");
        assertThat(tools.get("tools")).isNotEmpty();
        assertThat(called.at("/structuredContent").toString()).contains("2");
        assertThat(called.get("_meta")
                        .get("io.modelcontextprotocol/serverInfo")
                        .get("name")
                        .asText())
                .isEqualTo("breadcrumbs");
    }

    @Test
    void shouldRefuseHeadersThatContradictTheBody() throws Exception {
        Reply name = alone("tools/call", "\"name\":\"echo\"", "Mcp-Name", "timer");
        Reply none = alone("tools/call", "\"name\":\"echo\"");
        Reply ping = alone("ping", "");
        Reply version = door.send(
                "POST", "/mcp", stateless("ping", "").replace("2026-07-28", "1900-01-01"), "Mcp-Method", "ping");

        assertThat(List.of(name.status(), none.status())).containsOnly(400);
        assertThat(name.json().at("/error/code").asInt()).isEqualTo(-32020);
        assertThat(ping.status()).isEqualTo(404);
        assertThat(ping.json().at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(version.status()).isEqualTo(400);
        assertThat(version.json().at("/error/code").asInt()).isEqualTo(-32022);
        assertThat(version.json().at("/error/data/supported")).hasSizeGreaterThan(2);
    }

    @Test
    void shouldStopWhatAClientWithoutASessionLeaves() throws Exception {
        CompletableFuture<String> stream = begin(
                "stateless",
                "",
                stateless("tools/call", "\"name\":\"timer\",\"arguments\":{\"seconds\":50}"),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "timer");
        Doorway.await("it is asked for", () -> door.asked("stateless").isPresent());

        stream.cancel(true);

        assertThat(answered("stateless").getError().getKind()).isEqualTo(ErrorKind.CANCELLED);
    }
}
