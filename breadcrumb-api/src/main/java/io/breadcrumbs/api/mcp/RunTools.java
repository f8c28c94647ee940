package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.RunFilter;
import io.breadcrumbs.api.runs.RunShapes;
import io.breadcrumbs.api.runs.WorkflowDesk;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools by which clients start workflows and look after them: their arguments are as their schemas say. Block. */
final class RunTools {

    static final String INVOKE = "invoke";

    private static final Logger LOG = LoggerFactory.getLogger(RunTools.class);
    private static final int WAIT_SECONDS = 60;
    private static final int LISTED = 50;
    private static final int MOST_LISTED = 500;

    private static final String START = """
            {"workflow": {"description": "The name of a stored workflow, or a workflow: an object with 'steps', each \
            with 'id', 'tool', 'input' and, where it comes after others, 'deps'.", "type": ["string", "object"]},
             "version": {"description": "Of the stored workflow; the newest unless given.", "type": "integer", "minimum": 1},
             "name": {"description": "Of the run, for people; the workflow's unless given.", "type": "string"},
             "input": {"description": "What the workflow's steps refer to as {input.…}."},
             "threadId": {"description": "The id that the run is to have; one is made unless given.", "type": "string"},
             "timeout": {"description": "After which it fails unless it is over, such as 90s or 2h.", "type": "string"}""";

    private static final String WAIT = """
            , "wait": {"description": "Seconds to wait for its end; 60 unless given.", "type": "integer", \
            "minimum": 0, "maximum": 600}""";

    private static final String THREAD = """
            {"type": "object", "required": ["threadId"], "additionalProperties": false, "properties": \
            {"threadId": {"description": "The run's id, as it was answered at its start.", "type": "string"}}}""";

    private static final String LIST =
            """
            {"type": "object", "additionalProperties": false, "properties": {
             "status": {"description": "Runs that stand so only.", "enum": %s},
             "limit": {"description": "How many runs; 50 unless given.", "type": "integer", "minimum": 1, \
            "maximum": 500}}}""".formatted(RunFilter.STATUSES.stream().collect(Collectors.joining("\", \"", "[\"", "\"]")));

    private final RunDesk desk;
    private final WorkflowDesk stored;

    RunTools(RunDesk desk, WorkflowDesk stored) {
        this.desk = desk;
        this.stored = stored;
    }

    /** All of them, in the order in which clients see them. */
    List<PlatformTool> all() {
        return List.of(
                tool(INVOKE, "Runs a workflow of tools, and answers its result.", start(WAIT), false, this::invoke),
                tool(
                        "invoke_async",
                        "Starts a workflow of tools, and answers its threadId at once.",
                        start(""),
                        false,
                        this::invokeAsync),
                tool("invoke_status", "How a run stands, with its steps and its result.", THREAD, true, this::status),
                tool("abort", "Cancels a run.", THREAD, false, this::abort),
                tool("list_workflows", "The newest runs, and the workflows that are stored.", LIST, true, this::list));
    }

    private static String start(String more) {
        return "{\"type\": \"object\", \"required\": [\"workflow\"], \"additionalProperties\": false, \"properties\": "
                + START + more + "}}";
    }

    private static PlatformTool tool(
            String name, String description, String schema, boolean reads, PlatformTool.Work work) {
        Tool described = Tool.builder(name, map(schema))
                .description(description)
                .annotations(ToolAnnotations.builder().readOnlyHint(reads).build())
                .build();
        return new PlatformTool(described, shape(schema), work);
    }

    private static JsonShape shape(String schema) {
        try {
            return JsonShape.of(schema);
        } catch (ToolFailure e) {
            throw new IllegalArgumentException(schema, e);
        }
    }

    private static Map<String, Object> map(String schema) {
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            if (Rpc.plain(Values.parse(schema)) instanceof Map<?, ?> plain) {
                plain.forEach((key, value) -> map.put(String.valueOf(key), value));
            }
        } catch (ToolFailure e) {
            throw new IllegalArgumentException(schema, e);
        }
        return map;
    }

    // ------------------------------------------------------------------ what they do

    /** Starts what the arguments say; the run's id. */
    String start(Caller caller, ObjectNode arguments) {
        return desk.start(caller, arguments.deepCopy().without("wait").toString());
    }

    private CallToolResult invoke(Exchange exchange, ObjectNode arguments) {
        int wait = arguments.path("wait").asInt(WAIT_SECONDS);
        Caller caller = exchange.caller();
        String runId = start(caller, arguments);
        exchange.whenStopped(reason -> Thread.startVirtualThread(() -> stop(caller, runId, reason)));
        desk.awaitEnd(desk.line(caller, runId), Duration.ofSeconds(wait));
        return state(caller, runId);
    }

    private void stop(Caller caller, String runId, String reason) {
        try {
            desk.ask(caller, runId, runs -> runs.cancel(runId, reason));
        } catch (ProblemException e) {
            LOG.debug("run {} was not stopped: {}", runId, e.getMessage()); // it is over
        }
    }

    /** How a run stands; one that ended badly is an error. */
    CallToolResult state(Caller caller, String runId) {
        JsonNode status = Bodies.parsed(desk.status(caller, runId).toString());
        boolean badly = switch (status.path("status").asText()) {
            case "failed", "cancelled", "rejected" -> true;
            default -> false;
        };
        return badly ? ToolResults.failed(status) : ToolResults.of(status, Map.of());
    }

    private CallToolResult invokeAsync(Exchange exchange, ObjectNode arguments) {
        String runId = start(exchange.caller(), arguments);
        return ToolResults.of(
                JsonNodeFactory.instance.objectNode().put("threadId", runId).put("status", "started"), Map.of());
    }

    private CallToolResult status(Exchange exchange, ObjectNode arguments) {
        JsonNode status = Bodies.parsed(
                desk.status(exchange.caller(), threadId(arguments)).toString());
        return ToolResults.of(status, Map.of());
    }

    private CallToolResult abort(Exchange exchange, ObjectNode arguments) {
        String runId = threadId(arguments);
        Caller caller = exchange.caller();
        boolean decided = desk.ask(caller, runId, runs -> runs.cancel(runId, "asked for by " + caller.name()))
                .isSo();
        RunLine line = desk.line(caller, runId);
        return ToolResults.of(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("threadId", runId)
                        .put("status", line.summary().status())
                        .put("decided", decided),
                Map.of());
    }

    private CallToolResult list(Exchange exchange, ObjectNode arguments) {
        Caller caller = exchange.caller();
        JsonNode status = arguments.get("status");
        Set<String> statuses = RunFilter.statuses(status == null ? List.of() : List.of(status.textValue()));
        int limit = arguments.path("limit").asInt(LISTED);
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        listed.set(
                "runs",
                Bodies.parsed(RunShapes.newest(desk, caller, statuses, limit).toString()));
        var workflows = listed.putArray("workflows");
        stored.all(caller).stream()
                .limit(MOST_LISTED)
                .forEach(one -> workflows.addObject().put("name", one.name()).put("version", one.version()));
        return ToolResults.of(listed, Map.of());
    }

    private static String threadId(ObjectNode arguments) {
        return arguments.get("threadId").textValue();
    }
}
