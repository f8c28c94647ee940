package io.breadcrumbs.sdk.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** A JSON Schema that is ready to check documents. Thread-safe. References to other addresses are not followed. */
public final class JsonShape {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** A message names so many faults. */
    private static final int FAULTS_AT_MOST = 10;

    private final Schema schema;

    private JsonShape(Schema schema) {
        this.schema = schema;
    }

    /** Reads a schema; fails with what is wrong with it. */
    public static JsonShape of(String schema) throws ToolFailure {
        JsonNode parsed = Values.parse(schema);
        if (!parsed.isObject() && !parsed.isBoolean()) {
            throw ToolFailure.invalid("", "expected a JSON Schema, got " + parsed.getNodeType());
        }
        try {
            Schema read = REGISTRY.getSchema(parsed);
            read.initializeValidators();
            return new JsonShape(read);
        } catch (SchemaException e) {
            throw ToolFailure.invalid("", "expected a JSON Schema, got one that cannot be used: " + e.getMessage());
        }
    }

    /** Fails with the first field that is at fault, and what is wrong with the first of them. */
    public void check(JsonNode document) throws ToolFailure {
        List<Error> errors = schema.validate(document);
        if (errors.isEmpty()) {
            return;
        }
        Error first = errors.getFirst();
        List<String> all = errors.stream().map(JsonShape::sentence).distinct().toList();
        String more = all.size() > FAULTS_AT_MOST ? "; and " + (all.size() - FAULTS_AT_MOST) + " more" : "";
        throw ToolFailure.invalid(
                field(first),
                String.join("; ", all.stream().limit(FAULTS_AT_MOST).toList()) + more);
    }

    private static String sentence(Error error) {
        String field = field(error);
        return (field.isEmpty() ? "the input" : "'" + field + "'") + ": " + error.getMessage();
    }

    private static String field(Error error) {
        StringBuilder path = new StringBuilder();
        String location = String.valueOf(error.getInstanceLocation());
        for (String part : location.split("/", -1)) {
            if (!part.isEmpty()) {
                path.append(path.isEmpty() ? "" : ".").append(part);
            }
        }
        String property = error.getProperty();
        if (property != null) {
            path.append(path.isEmpty() ? "" : ".").append(property);
        }
        return path.toString();
    }
}
