package io.breadcrumbs.sdk.workflow.json;

/** {@code null}, which is a value like any other. */
public record JsonNull() implements Json {

    static final JsonNull NULL = new JsonNull();

    @Override
    public String kind() {
        return "null";
    }

    @Override
    public String toString() {
        return "null";
    }
}
