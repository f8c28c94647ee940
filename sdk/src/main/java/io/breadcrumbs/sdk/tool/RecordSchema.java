package io.breadcrumbs.sdk.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives JSON Schema from a record: its components are the properties, required unless they are {@link Nullable},
 * described by {@link Describe}; nothing else is allowed.
 */
public final class RecordSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<Type> INTEGERS =
            Set.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class);
    private static final Set<Type> NUMBERS =
            Set.of(double.class, float.class, Double.class, Float.class, java.math.BigDecimal.class);

    private RecordSchema() {}

    /**
     * The schema of a record.
     *
     * @throws IllegalArgumentException if a component is of a type that has none
     */
    public static String of(Class<?> type) {
        return schema(type).toString();
    }

    private static ObjectNode schema(Type type) {
        return switch (type) {
            case Class<?> plain when plain.isRecord() -> object(plain);
            case Class<?> plain when plain.isEnum() -> constants(plain);
            case Class<?> plain when plain == String.class -> NODES.objectNode().put("type", "string");
            case Class<?> plain
            when plain == boolean.class || plain == Boolean.class ->
                NODES.objectNode().put("type", "boolean");
            case Class<?> plain
            when INTEGERS.contains(plain) -> NODES.objectNode().put("type", "integer");
            case Class<?> plain
            when NUMBERS.contains(plain) -> NODES.objectNode().put("type", "number");
            case Class<?> plain
            when JsonNode.class.isAssignableFrom(plain) || plain == Object.class -> NODES.objectNode();
            case ParameterizedType listed
            when listed.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw) ->
                NODES.objectNode().put("type", "array").set("items", schema(listed.getActualTypeArguments()[0]));
            case ParameterizedType mapped
            when mapped.getRawType() instanceof Class<?> raw && Map.class.isAssignableFrom(raw) ->
                NODES.objectNode()
                        .put("type", "object")
                        .set("additionalProperties", schema(mapped.getActualTypeArguments()[1]));
            default ->
                throw new IllegalArgumentException(
                        "expected a record of text, numbers, booleans, enums, lists, maps and " + "records, got "
                                + type.getTypeName() + ": give the schema instead");
        };
    }

    private static ObjectNode object(Class<?> type) {
        ObjectNode properties = NODES.objectNode();
        ArrayNode required = NODES.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = schema(component.getGenericType());
            Describe described = component.getAnnotation(Describe.class);
            if (described != null) {
                property.put("description", described.value());
            }
            String name = name(component);
            List<String> others = others(component);
            properties.set(name, property);
            others.forEach(other -> properties.set(other, property.deepCopy()));
            if (!optional(component.getAnnotatedType()) && others.isEmpty()) {
                required.add(name);
            }
        }
        ObjectNode object = NODES.objectNode().put("type", "object");
        object.set("properties", properties);
        object.set("required", required);
        return object.put("additionalProperties", false);
    }

    /** As documents have it. */
    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    /** What it may be called too. */
    private static List<String> others(RecordComponent component) {
        JsonAlias alias = component.getAccessor().getAnnotation(JsonAlias.class);
        return alias == null ? List.of() : List.of(alias.value());
    }

    private static boolean optional(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode constants(Class<?> type) {
        ArrayNode names = NODES.arrayNode();
        List.of(type.getEnumConstants()).forEach(constant -> names.add(((Enum<?>) constant).name()));
        return NODES.objectNode().put("type", "string").set("enum", names);
    }
}
