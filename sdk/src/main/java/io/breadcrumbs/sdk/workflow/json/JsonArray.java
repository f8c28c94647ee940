package io.breadcrumbs.sdk.workflow.json;

import java.util.List;

/** A list of values. */
public record JsonArray(List<Json> elements) implements Json {

    public JsonArray {
        elements = List.copyOf(elements);
    }

    public Json get(int index) {
        return elements.get(index);
    }

    public int size() {
        return elements.size();
    }

    @Override
    public String kind() {
        return "array";
    }

    @Override
    public String toString() {
        return JsonPrinter.print(this);
    }
}
