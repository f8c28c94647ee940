package io.breadcrumbs.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.sdk.tool.RecordSchema;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The schemas and parameters that routes refer to by name, and the schemas of the records that are bodies. */
final class Described {

    private final ObjectNode schemas = read("schemas.json");
    private final ObjectNode parameters = read("parameters.json");

    private static ObjectNode read(String file) {
        try (InputStream in = Objects.requireNonNull(Described.class.getResourceAsStream(file), file)) {
            return (ObjectNode) parsed(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return Values.parse(json);
        } catch (ToolFailure e) {
            throw new IllegalStateException("a description is no JSON: " + e.getMessage(), e);
        }
    }

    /** Refers to a schema. */
    ObjectNode schema(String name) {
        return reference(schemas, "schemas", name);
    }

    /** Refers to a parameter. */
    ObjectNode parameter(String name) {
        return reference(parameters, "parameters", name);
    }

    /** The names of the parameters that stand in an address behind its path. */
    Set<String> inQuery(Does does) {
        return Arrays.stream(does.parameters())
                .map(parameters::get)
                .filter(one -> one.get("in").asText().equals("query"))
                .map(one -> one.get("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ObjectNode reference(ObjectNode all, String kind, String name) {
        if (!all.has(name)) {
            throw new IllegalStateException("expected one of the " + kind + " that are described, got " + name);
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/" + kind + "/" + name);
    }

    /** The schema of a record, whose components are the fields; no other is taken. */
    static JsonNode schema(Class<?> body) {
        return parsed(RecordSchema.of(body));
    }

    /** All that may be referred to. */
    void into(ObjectNode components) {
        components.set("schemas", schemas);
        components.set("parameters", parameters);
    }
}
