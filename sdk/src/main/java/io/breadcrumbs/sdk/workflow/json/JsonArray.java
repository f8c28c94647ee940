package io.breadcrumbs.sdk.workflow.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Compares as a record does, with a fraction of its stack: a value may be hundreds of levels deep. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
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
