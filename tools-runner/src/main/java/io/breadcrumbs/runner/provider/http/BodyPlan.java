package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the body of a request comes out of the input. */
sealed interface BodyPlan {

    /** The body for one input. */
    String fill(JsonNode input, ToolContext context) throws ToolFailure;

    /** Its content type, unless a header says another. */
    String type();

    boolean hasSecret();

    static BodyPlan of(JsonNode source) {
        if (!source.isTextual()) {
            return new Document(source);
        }
        return source.textValue().equals("input") ? new Input() : new Text(Template.of(source.textValue()));
    }

    /** The input as it is. */
    record Input() implements BodyPlan {

        @Override
        public String fill(JsonNode input, ToolContext context) {
            return input.toString();
        }

        @Override
        public String type() {
            return "application/json";
        }

        @Override
        public boolean hasSecret() {
            return false;
        }
    }

    /** Text with gaps. */
    record Text(Template template) implements BodyPlan {

        @Override
        public String fill(JsonNode input, ToolContext context) throws ToolFailure {
            return template.fill(input, context, (_, value) -> value);
        }

        @Override
        public String type() {
            return "text/plain; charset=utf-8";
        }

        @Override
        public boolean hasSecret() {
            return template.hasSecret();
        }
    }

    /**
     * A document whose texts are templates. A text that is nothing but a field becomes the field's value, whatever its
     * type, and is left out where the input has none.
     */
    record Document(JsonNode document) implements BodyPlan {

        @Override
        public String fill(JsonNode input, ToolContext context) throws ToolFailure {
            JsonNode filled = filled(document, input, context);
            return filled == null ? "null" : filled.toString();
        }

        private static @Nullable JsonNode filled(JsonNode node, JsonNode input, ToolContext context)
                throws ToolFailure {
            if (node.isObject()) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> property : node.properties()) {
                    JsonNode value = filled(property.getValue(), input, context);
                    if (value != null) {
                        object.set(property.getKey(), value);
                    }
                }
                return object;
            }
            if (node.isArray()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (JsonNode element : node) {
                    JsonNode value = filled(element, input, context);
                    if (value != null) {
                        array.add(value);
                    }
                }
                return array;
            }
            return node.isTextual() ? text(node.textValue(), input, context) : node;
        }

        private static @Nullable JsonNode text(String text, JsonNode input, ToolContext context) throws ToolFailure {
            Template template = Template.of(text);
            @Nullable String field = template.field();
            return field == null
                    ? JsonNodeFactory.instance.textNode(template.fill(input, context, (_, value) -> value))
                    : Template.value(field, input);
        }

        @Override
        public String type() {
            return "application/json";
        }

        @Override
        public boolean hasSecret() {
            return hasSecret(document);
        }

        private static boolean hasSecret(JsonNode node) {
            if (node.isTextual()) {
                return Template.of(node.textValue()).hasSecret();
            }
            for (JsonNode element : node) {
                if (hasSecret(element)) {
                    return true;
                }
            }
            return false;
        }
    }
}
