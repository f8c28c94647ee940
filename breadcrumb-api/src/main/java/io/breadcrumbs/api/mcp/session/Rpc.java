package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.jspecify.annotations.Nullable;

/** What the server says, as JSON-RPC. */
public final class Rpc {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rpc() {}

    /** What one of the library's records, or anything else, is as JSON. */
    public static ObjectNode json(Object value) {
        return JSON.valueToTree(value);
    }

    /** The plain value of a part of JSON, as the library's records hold it. */
    public static @Nullable Object plain(JsonNode json) {
        return JSON.convertValue(json, Object.class);
    }

    /** The answer to the request of this id. */
    public static ObjectNode result(@Nullable JsonNode id, ObjectNode result) {
        return json(JSONRPCResponse.result(id == null ? null : plain(id), result));
    }

    /**
     * The error that a request or a message is answered with.
     *
     * @param id null where it is not known
     */
    public static ObjectNode error(@Nullable JsonNode id, RpcException failure) {
        ObjectNode error = JSON.createObjectNode().put("code", failure.code()).put("message", failure.getMessage());
        JsonNode data = failure.data();
        if (data != null) {
            error.set("data", data);
        }
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0");
        message.set("id", id);
        message.set("error", error);
        return message;
    }

    /** Something that the server says unasked. */
    public static ObjectNode notice(String method, @Nullable Object params) {
        return json(new JSONRPCNotification(method, params));
    }
}
