package io.breadcrumbs.sdk.operate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

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

    /** Why no record of this schema can ever match; empty if one can. */
    public Optional<String> fault(Schema schema) {
        Schema at = schema;
        String holder = schema.getName();
        for (String name : path.split("\\.", -1)) {
            Schema record = record(at);
            if (record.getType() == Schema.Type.MAP) {
                return Optional.empty(); // its keys are not known beforehand
            }
            Schema.Field field = record.getType() == Schema.Type.RECORD ? record.getField(name) : null;
            if (field == null) {
                return Optional.of("no field " + path + "; " + holder + " has " + fields(record));
            }
            at = field.schema();
            holder = name;
        }
        return Optional.empty();
    }

    /** The branch of a union that has fields, if one has. */
    private static Schema record(Schema schema) {
        return schema.getType() != Schema.Type.UNION
                ? schema
                : schema.getTypes().stream()
                        .filter(branch -> branch.getType() == Schema.Type.RECORD || branch.getType() == Schema.Type.MAP)
                        .findFirst()
                        .orElse(schema);
    }

    private static String fields(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                ? schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", "))
                : "none";
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
