package io.breadcrumbs.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs by MCP: by the tools that start them and look after them, as resources, and as tasks. */
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
    void shouldCancelATask() throws Exception {
        String id = "\"taskId\":\""
                + modern("tools/call", invoke(LONG)).get("taskId").asText() + "\"";

        modern("tasks/cancel", id);

        Doorway.await(
                "it is cancelled",
                () -> modern("tasks/get", id).get("status").asText().equals("cancelled"));
    }
}
