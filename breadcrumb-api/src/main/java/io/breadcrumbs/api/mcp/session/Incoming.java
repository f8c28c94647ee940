package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client.
 *
 * @param id null for a notice, or an answer
 * @param method empty for an answer
 */
public record Incoming(@Nullable JsonNode id, String method, ObjectNode params) {

    /** The field of {@code _meta} by which a request of revision 2026-07-28 is known. */
    public static final String VERSION = "io.modelcontextprotocol/protocolVersion";

    private static final int BAD_REQUEST = 400;
    private static final int ID_CHARS = 256;

    /** Reads a body; fails where it is none. */
    public static Incoming of(@Nullable String body) {
        JsonNode json;
        try {
            json = Values.parse(body == null ? "" : body);
        } catch (ToolFailure e) {
            throw RpcException.refusal(BAD_REQUEST, ErrorCodes.PARSE_ERROR, String.valueOf(e.getMessage()));
        }
        if (!json.isObject() || !"2.0".equals(json.path("jsonrpc").textValue())) {
            throw wrong("expected one JSON-RPC 2.0 message, got " + (json.isArray() ? "a list" : "something else"));
        }
        String method = json.path("method").asText("");
        JsonNode id = json.get("id");
        JsonNode params = json.path("params");
        boolean answers = json.has("result") || json.has("error");
        if (method.isEmpty() && !answers) {
            throw wrong("expected a method, got none");
        }
        if (!params.isMissingNode() && !params.isNull() && !params.isObject()) {
            throw wrong("params: expected an object, got " + params.getNodeType());
        }
        if (!method.isEmpty() && id != null && !(id.isTextual() || id.isIntegralNumber())) {
            throw wrong("id: expected a text or a whole number, got " + id.getNodeType());
        }
        if (id != null && id.asText().length() > ID_CHARS) {
            throw wrong("id: expected at most " + ID_CHARS + " characters, got "
                    + id.asText().length());
        }
        return new Incoming(
                answers ? null : id,
                answers ? "" : method,
                params instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
    }

    private static RpcException wrong(String message) {
        return RpcException.refusal(BAD_REQUEST, ErrorCodes.INVALID_REQUEST, message);
    }

    public boolean isRequest() {
        return id != null;
    }

    /** What the client says about the request itself. */
    public JsonNode meta() {
        return params.path("_meta");
    }

    /** A text among the parameters; a request without it is wrong. */
    public String text(String name) {
        JsonNode value = params.path(name);
        if (!value.isTextual()) {
            throw RpcException.answer(
                    ErrorCodes.INVALID_PARAMS, "params." + name + ": expected a text, got " + value.getNodeType());
        }
        return value.textValue();
    }
}
