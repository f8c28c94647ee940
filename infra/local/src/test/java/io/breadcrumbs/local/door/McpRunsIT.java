package io.breadcrumbs.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs by MCP: by the tools that start them and look after them, as resources, and as tasks; what tools leave. */
@Timeout(120)
class McpRunsIT {

    private static final Map<String, Object> SHORT = Map.of(
            "steps", List.of(Map.of("id", "a", "tool", "calculate", "input", Map.of("expression", "{input.what}"))));
    private static final Map<String, Object> LONG =
            Map.of("steps", List.of(Map.of("id", "a", "tool", "timer", "input", Map.of("seconds", 50))));

    @TempDir
    static Path data;

    private static Doorway door;
    private static McpSyncClient client;

    @BeforeAll
    static void start() throws Exception {
        door = new Doorway(data.resolve("data"));
        client = client("default");
    }

    private static McpSyncClient client(String workspace) {
        McpSyncClient made = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder(door.uri("").toString())
                                .requestBuilder(HttpRequest.newBuilder().header("Breadcrumbs-Workspace", workspace))
                                .build())
                .requestTimeout(Duration.ofSeconds(60))
                .build();
        made.initialize();
        return made;
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

    private static JsonNode json(CallToolResult result) throws Exception {
        return Doorway.JSON.readTree(((TextContent) result.content().getFirst()).text());
    }

    @Test
    void shouldOfferTheToolsOfThePlatformFirst() {
        assertThat(client.listTools().tools().stream().map(Tool::name).limit(5))
                .containsExactly("invoke", "invoke_async", "invoke_status", "abort", "list_workflows");
    }

    @Test
    void shouldRunAWorkflowAndAnswerItsResult() throws Exception {
        CallToolResult result = call("invoke", Map.of("workflow", SHORT, "input", Map.of("what", "6 * 7")));

        assertThat(result.isError()).isFalse();
        assertThat(json(result).get("status").asText()).isEqualTo("completed");
        assertThat(json(result).toString()).contains("42");
        assertThat(result.structuredContent()).isNotNull();
    }

    @Test
    void shouldAnswerABadEndAndAllFaultsAsErrors() throws Exception {
        CallToolResult bad = call("invoke", Map.of("workflow", SHORT, "input", Map.of("what", "1 / 0")));
        CallToolResult faulty = call(
                "invoke_async",
                Map.of(
                        "workflow",
                        Map.of("steps", List.of(Map.of("id", "a"), Map.of("id", "b", "deps", List.of("x"))))));

        assertThat(bad.isError()).isTrue();
        assertThat(json(bad).get("status").asText()).isEqualTo("failed");
        assertThat(faulty.isError()).isTrue();
        assertThat(((TextContent) faulty.content().getFirst()).text())
                .startsWith("invalid")
                .contains("a", "b", "x");
        assertThat(call("invoke", Map.of()).isError()).isTrue();
        assertThat(call("invoke_status", Map.of("threadId", "nobody")).isError())
                .isTrue();
    }

    @Test
    void shouldStartARunAskHowItStandsAndAbortIt() throws Exception {
        String id = json(call("invoke_async", Map.of("workflow", LONG)))
                .get("threadId")
                .asText();
        Doorway.await(
                "it runs",
                () -> json(call("invoke_status", Map.of("threadId", id)))
                        .path("currentStep")
                        .asText()
                        .equals("a"));

        JsonNode listed = json(call("list_workflows", Map.of("status", "running")));
        JsonNode aborted = json(call("abort", Map.of("threadId", id)));

        assertThat(listed.get("runs").toString()).contains(id);
        assertThat(aborted.get("decided").asBoolean()).isTrue();
        Doorway.await(
                "it is over",
                () -> json(call("invoke_status", Map.of("threadId", id)))
                        .path("status")
                        .asText()
                        .equals("cancelled"));
    }

    @Test
    void shouldGiveTheHistoryOfARunToItsWorkspaceOnly() throws Exception {
        String id = json(call("invoke", Map.of("workflow", SHORT, "input", Map.of("what", "1"))))
                .get("threadId")
                .asText();
        var request = ReadResourceRequest.builder("run://" + id + "/history").build();

        String history =
                ((TextResourceContents) client.readResource(request).contents().getFirst()).text();

        assertThat(Doorway.JSON.readTree(history).get("items")).hasSizeGreaterThan(2);
        assertThat(Doorway.JSON.readTree(history).get("next").isNull()).isTrue();
        McpSyncClient other = client("theirs");
        assertThatThrownBy(() -> other.readResource(request)).isInstanceOf(McpError.class);
        assertThat(other.callTool(CallToolRequest.builder("invoke_status")
                                .arguments(Map.of("threadId", id))
                                .build())
                        .isError())
                .isTrue();
        other.closeGracefully();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            list_workflows | {"status": "nonsense"}                  | accepted
            list_workflows | {"status": ["failed"]}                  | 'status'
            list_workflows | {"status": 5}                           | 'status'
            list_workflows | {"nobody": 1}                           | 'nobody'
            list_workflows | {"limit": 0}                            | 'limit'
            list_workflows | {"limit": "2"}                          | 'limit'
            invoke_status  | {"threadId": 5}                         | 'threadId'
            abort          | {"threadId": "nobody", "x": 1}          | 'x'
            invoke         | {}                                      | 'workflow'
            invoke         | {"workflow": "w", "wait": "long"}       | 'wait'
            invoke         | {"workflow": "w", "wait": 601}          | 'wait'
            invoke_async   | {"workflow": "w", "wait": 1}            | 'wait'
            invoke_async   | {"workflow": "w", "timeout": 90}        | 'timeout'
            """)
    void shouldRefuseArgumentsThatItsSchemaDoesNotAllow(String tool, String arguments, String named) throws Exception {
        CallToolResult refused = call(tool, Doorway.JSON.readValue(arguments, new TypeReference<>() {}));

        assertThat(refused.isError()).isTrue();
        assertThat(((TextContent) refused.content().getFirst()).text())
                .startsWith("invalid: ")
                .contains(named);
    }

    @Test
    void shouldListRunsThatStandAsAsked() throws Exception {
        String id = json(call("invoke", Map.of("workflow", SHORT, "name", "listed", "input", Map.of("what", "1"))))
                .get("threadId")
                .asText();

        assertThat(json(call("list_workflows", Map.of("status", "completed", "limit", 500)))
                        .get("runs")
                        .toString())
                .contains(id, "listed");
        assertThat(json(call("list_workflows", Map.of("status", "failed", "limit", 500)))
                        .get("runs")
                        .toString())
                .doesNotContain(id);
    }

    // ------------------------------------------------------------------ by hand: whoever does not wait for the end

    private static CompletableFuture<String> begin(String runId, String... more) throws Exception {
        String arguments = Doorway.JSON.writeValueAsString(Map.of("threadId", runId, "workflow", LONG));
        HttpRequest.Builder request = HttpRequest.newBuilder(door.uri("/mcp"))
                .headers("Content-Type", "application/json", "Accept", "application/json, text/event-stream")
                .headers(more)
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"invoke\",\"arguments\":" + arguments + "}}"));
        CompletableFuture<String> answer =
                door.http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(HttpResponse::body);
        awaitStatus(runId, "running");
        return answer;
    }

    private static String session() throws Exception {
        String handshake = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"hand\",\"version\":\"1\"}}}";
        return door.send("POST", "/mcp", handshake, "Accept", "application/json, text/event-stream")
                .raw()
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private static void awaitStatus(String runId, String status) throws Exception {
        Doorway.await(
                runId + " is " + status,
                () -> door.send("GET", "/api/runs/" + runId, "")
                        .json()
                        .path("status")
                        .asText()
                        .equals(status));
    }

    @Test
    void shouldCancelTheRunOfAnInvokeThatTheClientCancels() throws Exception {
        String session = session();
        CompletableFuture<String> answer = begin("m-cancelled", "Mcp-Session-Id", session);

        String notice = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}";
        assertThat(door.send("POST", "/mcp", notice, "Mcp-Session-Id", session).status())
                .isEqualTo(202);

        awaitStatus("m-cancelled", "cancelled");
        assertThat(answer.get()).doesNotContain("\"id\":7");
    }

    @Test
    void shouldCancelTheRunOfAnInvokeWhoseClientGoesAway() throws Exception {
        CompletableFuture<String> answer = begin("m-left", "Mcp-Session-Id", session());

        answer.cancel(true);

        awaitStatus("m-left", "cancelled");
    }

    // ------------------------------------------------------------------ tasks, by hand: this client has none

    private static JsonNode modern(String method, String params) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}}}";
        return door.send(
                        "POST",
                        "/mcp",
                        body,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        method,
                        "Mcp-Name",
                        "invoke")
                .json()
                .get("result");
    }

    private static String invoke(Map<String, Object> workflow) throws Exception {
        return "\"name\":\"invoke\",\"arguments\":"
                + Doorway.JSON.writeValueAsString(Map.of("workflow", workflow, "input", Map.of("what", "6 * 7")));
    }

    @Test
    void shouldAnswerATaskToAClientThatKnowsTasks() throws Exception {
        JsonNode task = modern("tools/call", invoke(SHORT));
        String id = "\"taskId\":\"" + task.get("taskId").asText() + "\"";

        assertThat(task.get("resultType").asText()).isEqualTo("task");
        assertThat(task.get("status").asText()).isEqualTo("working");
        Doorway.await(
                "it is completed",
                () -> modern("tasks/get", id).get("status").asText().equals("completed"));
        assertThat(modern("tasks/get", id).at("/result/content/0/text").asText())
                .contains("42");
        assertThat(modern("tasks/cancel", id).get("resultType").asText()).isEqualTo("complete");
    }

    @Test
    void shouldBeginNoTaskWithArgumentsThatItsSchemaDoesNotAllow() throws Exception {
        JsonNode refused = modern("tools/call", invoke(LONG).replaceFirst("\\{", "{\"nobody\":1,"));

        assertThat(refused.get("isError").asBoolean()).isTrue();
        assertThat(refused.at("/content/0/text").asText()).contains("'nobody'");
    }

    @Test
    void shouldCancelATask() throws Exception {
        String id = "\"taskId\":\""
                + modern("tools/call", invoke(LONG)).get("taskId").asText() + "\"";

        modern("tasks/cancel", id);

        Doorway.await(
                "it is cancelled",
                () -> modern("tasks/get", id).get("status").asText().equals("cancelled"));
    }

    @Test
    void shouldListAtOnceWhatAToolHasWritten() {
        for (int i = 0; i < 20; i++) {
            String title = "by-tool-" + i;

            assertThat(call("breadcrumb_create", Map.of("schema_name", "mcp.v1", "title", title))
                            .isError())
                    .isFalse();

            assertThat(client.listResources().resources()).anyMatch(one -> title.equals(one.title()));
        }
    }
}
