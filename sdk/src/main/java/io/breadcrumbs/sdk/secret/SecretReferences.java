package io.breadcrumbs.sdk.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Map;

/** Secrets in a tool's input, by their names: <code>{"$secret": "name"}</code> where the value is to be. */
public final class SecretReferences {

    private static final String MARK = "$secret";

    private SecretReferences() {}

    /** Gives the text that takes a reference's place. */
    public interface Source {
        String of(String name) throws ToolFailure;
    }

    /** The input with texts in place of references; the same where there are none. */
    public static JsonNode filled(JsonNode input, Source source) throws ToolFailure {
        if (!any(input)) {
            return input;
        }
        if (isReference(input)) {
            return TextNode.valueOf(source.of(input.get(MARK).textValue()));
        }
        if (input instanceof ArrayNode list) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode(list.size());
            for (JsonNode element : list) {
                filled.add(filled(element, source));
            }
            return filled;
        }
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : input.properties()) {
            filled.set(field.getKey(), filled(field.getValue(), source));
        }
        return filled;
    }

    private static boolean any(JsonNode node) {
        if (isReference(node)) {
            return true;
        }
        for (JsonNode element : node) {
            if (any(element)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReference(JsonNode node) {
        return node.isObject() && node.size() == 1 && node.path(MARK).isTextual();
    }
}
