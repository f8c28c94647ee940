package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.egress.WebResponse;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the output comes out of a response.
 *
 * @param whole pointer to what is the output; null if the output has properties of its own
 * @param properties pointers to what becomes the output's properties
 */
record ResponsePlan(@Nullable JsonPointer whole, Map<String, JsonPointer> properties) {

    ResponsePlan {
        properties = Map.copyOf(properties);
    }

    static ResponsePlan of(@Nullable JsonNode source) throws ToolFailure {
        if (source == null || source.isNull()) {
            return new ResponsePlan(JsonPointer.empty(), Map.of());
        }
        if (!source.isObject()) {
            return new ResponsePlan(pointer(source), Map.of());
        }
        Map<String, JsonPointer> properties = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : source.properties()) {
            properties.put(property.getKey(), pointer(property.getValue()));
        }
        return new ResponsePlan(null, properties);
    }

    private static JsonPointer pointer(JsonNode source) throws ToolFailure {
        try {
            return JsonPointer.compile(source.isTextual() ? source.textValue() : source.toString());
        } catch (IllegalArgumentException e) {
            throw ToolFailure.invalid("source.response", "expected a JSON pointer such as '/data/0', got " + source);
        }
    }

    /** The body of a response: its JSON, or its text. */
    static JsonNode body(WebResponse response) {
        JsonNode json = json(response);
        return json == null ? JsonNodeFactory.instance.textNode(response.text()) : json;
    }

    private static @Nullable JsonNode json(WebResponse response) {
        if (response.isJson()) {
            try {
                JsonNode parsed = Values.parse(response.text());
                return parsed.isMissingNode() ? null : parsed;
            } catch (ToolFailure e) {
                // it only says that it is JSON
            }
        }
        return null;
    }

    /** The document of a response: its JSON, or its status and text. */
    private static JsonNode document(WebResponse response) {
        JsonNode json = json(response);
        if (json != null) {
            return json;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", response.status())
                .put("text", response.text());
    }

    JsonNode output(WebResponse response) throws ToolFailure {
        JsonNode document = document(response);
        if (whole != null) {
            return at(whole, document);
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonPointer> property : properties.entrySet()) {
            output.set(property.getKey(), at(property.getValue(), document));
        }
        return output;
    }

    private static JsonNode at(JsonPointer pointer, JsonNode document) throws ToolFailure {
        JsonNode found = document.at(pointer);
        if (found.isMissingNode()) {
            throw ToolFailure.of(
                    ErrorKind.RUNTIME, "HTTP_RESPONSE", "expected a response with '" + pointer + "', got one without");
        }
        return found;
    }
}
