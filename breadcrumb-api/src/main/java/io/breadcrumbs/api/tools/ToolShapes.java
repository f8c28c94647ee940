package io.breadcrumbs.api.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.TriggerJson;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tools and their answers as JSON. */
public final class ToolShapes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ToolShapes() {}

    /**
     * One line of a list.
     *
     * @param runners that serve its pool; null if the brokers did not say
     */
    static ObjectNode line(Listed tool, @Nullable Integer runners) {
        ToolDefinition definition = tool.definition();
        return NODES.objectNode()
                .put("name", definition.getName())
                .put("version", definition.getVersion())
                .put("description", definition.getDescription())
                .put("kind", lower(definition.getKind()))
                .put("pool", definition.getPool())
                .put("runners", runners)
                .put("side_effects", lower(definition.getSideEffects()))
                .put("timeout_ms", definition.getTimeoutMs())
                .put("enabled", definition.getEnabled());
    }

    /** All that callers may know of a tool: what its provider needs is not among it. */
    static ObjectNode whole(Listed tool, @Nullable Integer runners, List<String> versions) {
        ToolDefinition definition = tool.definition();
        ObjectNode shape = line(tool, runners);
        shape.put("concurrency", definition.getConcurrency());
        shape.set("input_schema", json(definition.getInputSchema()));
        shape.set("output_schema", json(definition.getOutputSchema()));
        ArrayNode examples = shape.putArray("examples");
        definition.getExamples().forEach(example -> examples.add(json(example)));
        ArrayNode triggers = shape.putArray("triggers");
        definition.getTriggers().forEach(trigger -> triggers.add(TriggerJson.of(trigger)));
        ArrayNode all = shape.putArray("versions");
        versions.forEach(all::add);
        return shape;
    }

    /** What a tool answered. */
    static ObjectNode answer(ToolResponse response) {
        ObjectNode shape = NODES.objectNode()
                .put("request_id", response.getRequestId())
                .put("tool", response.getTool())
                .put("status", lower(response.getStatus()));
        ToolError error = response.getError();
        if (error == null) {
            shape.set("output", json(response.getOutput()));
        } else {
            shape.set("error", error(error));
        }
        return shape.put("execution_time_ms", response.getExecutionTimeMs())
                .put(
                        "timestamp",
                        Instant.ofEpochMilli(response.getFinishedAtMs()).toString());
    }

    /** Why a tool failed. */
    public static ObjectNode error(ToolError error) {
        return NODES.objectNode()
                .put("code", error.getCode())
                .put("kind", lower(error.getKind()))
                .put("message", error.getMessage())
                .put("retryable", error.getRetryable())
                .put("field", error.getField());
    }

    /** A document that somebody wrote; as a text if it is none. */
    public static JsonNode json(@Nullable String document) {
        if (document == null) {
            return NullNode.instance;
        }
        try {
            return Values.parse(document);
        } catch (ToolFailure e) {
            return TextNode.valueOf(document);
        }
    }

    private static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
