package io.breadcrumbs.sdk.workflow.json;

/** A string: any sequence of Java's characters. */
public record JsonString(String value) implements Json {

    @Override
    public String kind() {
        return "string";
    }

    @Override
    public String toString() {
        return JsonPrinter.print(this);
    }
}
