package io.breadcrumbs.local.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A message of the protocol, as far as the bridge looks into it. */
record Message(ObjectNode json) {

    static final int PARSE_ERROR = -32700;
    static final int INTERNAL_ERROR = -32603;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

    /** Null if the text is none. */
    static @Nullable Message of(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? new Message(object) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static Message error(@Nullable JsonNode id, int code, String message) {
        ObjectNode json = JSON.createObjectNode().put("jsonrpc", "2.0");
        json.set("id", id);
        json.putObject("error").put("code", code).put("message", message);
        return new Message(json);
    }

    static Message notice(String method) {
        return new Message(JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method));
    }

    String method() {
        return json.path("method").asText();
    }

    @Nullable
    JsonNode id() {
        return json.get("id");
    }

    boolean isRequest() {
        return json.has("method") && json.has("id");
    }

    /** The version of the protocol that a message without a session says itself; null if it needs a session. */
    @Nullable
    String ownVersion() {
        return json.path("params").path("_meta").path(VERSION).textValue();
    }

    /** What a message is about, where the protocol wants that in a header; null if it does not. */
    @Nullable
    String name() {
        return switch (method()) {
            case "tools/call", "prompts/get" -> json.at("/params/name").textValue();
            case "resources/read" -> json.at("/params/uri").textValue();
            default -> null;
        };
    }

    /** One line, since JSON has none in it. */
    @Override
    public String toString() {
        return json.toString();
    }
}
