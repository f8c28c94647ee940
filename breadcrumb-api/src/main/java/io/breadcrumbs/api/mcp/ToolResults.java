package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.tools.ToolShapes;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.BusException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What tools answer, as clients are told: a failure is a result that says so, for the model to read. */
final class ToolResults {

    private static final String ERROR = "io.breadcrumbs/error";
    private static final String REQUEST = "io.breadcrumbs/request_id";

    private ToolResults() {}

    static CallToolResult of(ToolResponse response) {
        ToolError error = response.getError();
        return error == null
                ? of(ToolShapes.json(response.getOutput()), Map.of(REQUEST, response.getRequestId()))
                : failed(
                        sentence(error),
                        Map.of(REQUEST, response.getRequestId(), ERROR, plain(ToolShapes.error(error))));
    }

    /** An output; one that is an object is structured as well. */
    static CallToolResult of(JsonNode output, Map<String, Object> meta) {
        String text = output.isTextual() ? output.textValue() : output.toString();
        CallToolResult.Builder result =
                CallToolResult.builder(List.of(text(text))).isError(false);
        if (output.isObject()) {
            result.structuredContent(plain(output));
        }
        return (meta.isEmpty() ? result : result.meta(meta)).build();
    }

    /** The platform could not have it done, or nobody answered in time. */
    static CallToolResult failed(BusException failure, String requestId) {
        String what = switch (failure.code().kind()) {
            case TOOL -> "TIMEOUT: " + failure.getMessage() + "; it may have been done all the same";
            case CAPACITY -> "CAPACITY: " + failure.getMessage() + "; try again later";
            case CALLER -> "VALIDATION: " + failure.getMessage();
            case INTERNAL -> "OUTCOME_UNKNOWN: nobody knows whether it was done";
        };
        return failed(what, Map.of(REQUEST, requestId));
    }

    static CallToolResult failed(Problem problem) {
        ObjectNode document = problem.toJson();
        String code = problem.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
        JsonNode all = problem.more().get("errors");
        String more = all == null ? "" : "; all of them: " + all;
        return failed(code + ": " + problem.detail() + more, Map.of(ERROR, plain(document)));
    }

    /** Something that ended badly, as it stands. */
    static CallToolResult failed(JsonNode state) {
        return failed(state.toString(), Map.of());
    }

    private static CallToolResult failed(String text, Map<String, Object> meta) {
        CallToolResult.Builder result =
                CallToolResult.builder(List.of(text(text))).isError(true);
        return (meta.isEmpty() ? result : result.meta(meta)).build();
    }

    private static String sentence(ToolError error) {
        String field = error.getField();
        return error.getKind() + (field == null || field.isEmpty() ? "" : " in '" + field + "'") + ": "
                + error.getMessage();
    }

    private static TextContent text(String text) {
        return TextContent.builder(text).build();
    }

    private static Object plain(JsonNode json) {
        Object plain = Rpc.plain(json);
        if (plain == null) {
            throw new IllegalArgumentException("expected an object, got null");
        }
        return plain;
    }
}
