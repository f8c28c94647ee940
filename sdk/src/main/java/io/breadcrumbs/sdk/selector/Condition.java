package io.breadcrumbs.sdk.selector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.breadcrumbs.schemas.ContextCondition;
import io.breadcrumbs.schemas.ContextOperator;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a field of a context. A field that is not there is not equal to anything, and neither greater nor
 * less.
 *
 * @param path field names and list indices
 */
public record Condition(List<String> path, ContextOperator operator, JsonNode value) {

    public Condition {
        path = List.copyOf(path);
    }

    /**
     * What a condition says.
     *
     * @throws IllegalArgumentException with what no context can ever be compared with
     */
    public static Condition of(ContextCondition said) {
        JsonNode value;
        try {
            value = Values.parse(said.getValue());
        } catch (ToolFailure e) {
            throw wrong(said, "a value in JSON", e);
        }
        boolean good = switch (said.getOperator()) {
            case EQ, NE -> true;
            case GT, LT, GTE, LTE -> value.isNumber() || value.isTextual();
            case CONTAINS -> !value.isMissingNode();
            case CONTAINS_ANY -> value.isArray();
            case EXISTS -> value.isBoolean() || value.isNull();
            case UNKNOWN -> throw wrong(said, "a known operator", null);
        };
        if (!good) {
            throw wrong(said, "another value for " + said.getOperator(), null);
        }
        if (said.getPath().isBlank()) {
            throw wrong(said, "the path of a field", null);
        }
        return new Condition(List.of(said.getPath().split("\\.", -1)), said.getOperator(), value);
    }

    private static IllegalArgumentException wrong(ContextCondition said, String expected, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "selector.context '" + said.getPath() + "': expected " + expected + ", got operator "
                        + said.getOperator() + " and value " + said.getValue(),
                cause);
    }

    /** Whether a context meets it. */
    public boolean matches(JsonNode context) {
        JsonNode field = field(context);
        boolean there = !field.isMissingNode() && !field.isNull();
        return switch (operator) {
            case EQ -> !field.isMissingNode() && equal(field, value);
            case NE -> field.isMissingNode() || !equal(field, value);
            case GT -> comparable(field) && compare(field) > 0;
            case LT -> comparable(field) && compare(field) < 0;
            case GTE -> comparable(field) && compare(field) >= 0;
            case LTE -> comparable(field) && compare(field) <= 0;
            case CONTAINS -> contains(field, value);
            case CONTAINS_ANY -> value.valueStream().anyMatch(item -> contains(field, item));
            case EXISTS -> there == (value.isNull() || value.asBoolean());
            case UNKNOWN -> throw new IllegalStateException("an unknown operator is refused beforehand");
        };
    }

    private JsonNode field(JsonNode context) {
        JsonNode at = context;
        for (String name : path) {
            at = at.isArray() ? item(at, name) : at.path(name);
        }
        return at;
    }

    private static JsonNode item(JsonNode list, String index) {
        boolean number = !index.isEmpty() && index.length() < 9 && index.chars().allMatch(Character::isDigit);
        return number ? list.path(Integer.parseInt(index)) : MissingNode.getInstance();
    }

    private boolean comparable(JsonNode field) {
        return (field.isNumber() && value.isNumber()) || (field.isTextual() && value.isTextual());
    }

    private int compare(JsonNode field) {
        return field.isNumber()
                ? field.decimalValue().compareTo(value.decimalValue())
                : field.textValue().compareTo(value.textValue());
    }

    private static boolean contains(JsonNode field, JsonNode wanted) {
        return field.isArray()
                ? field.valueStream().anyMatch(item -> equal(item, wanted))
                : field.isTextual() && wanted.isTextual() && field.textValue().contains(wanted.textValue());
    }

    /** 1 and 1.0 are the same number. */
    private static boolean equal(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }
}
