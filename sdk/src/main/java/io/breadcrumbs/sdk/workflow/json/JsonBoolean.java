package io.breadcrumbs.sdk.workflow.json;

/** {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements Json {

    static final JsonBoolean TRUE = new JsonBoolean(true);
    static final JsonBoolean FALSE = new JsonBoolean(false);

    @Override
    public String kind() {
        return "boolean";
    }

    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
