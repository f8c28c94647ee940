package io.breadcrumbs.local.inspect;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * That a field of the value has a certain text. A list matches if one of its items does.
 *
 * @param path names, separated by dots
 */
public record FieldCondition(String path, String text) {

    /** Reads {@code field=value}. */
    public static FieldCondition parse(String condition) {
        int equals = condition.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("expected field=value, got '" + condition + "'");
        }
        return new FieldCondition(condition.substring(0, equals), condition.substring(equals + 1));
    }

    public boolean matches(JsonNode value) {
        JsonNode node = value;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                if (item.asText().equals(text)) {
                    return true;
                }
            }
            return false;
        }
        return node.isValueNode() && node.asText().equals(text);
    }
}
