package io.breadcrumbs.sdk.workflow.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields by name, in the order in which they were written. */
public record JsonObject(Map<String, Json> fields) implements Json {

    public JsonObject {
        fields = fields instanceof Fields ? fields : new Fields(copy(fields));
    }

    private static Map<String, Json> copy(Map<String, Json> fields) {
        Map<String, Json> copy = new LinkedHashMap<>(fields);
        if (copy.containsKey(null) || copy.containsValue(null)) {
            throw new IllegalArgumentException("fields: expected names and values, got a null among them");
        }
        return copy;
    }

    /** An object of these fields, which from now on nobody changes. */
    static JsonObject owning(Map<String, Json> fields) {
        return new JsonObject(new Fields(fields));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value of a field; null if there is none. */
    public @Nullable Json get(String name) {
        return fields.get(name);
    }

    public int size() {
        return fields.size();
    }

    /** Compares as a record does, with a fraction of its stack: a value may be hundreds of levels deep. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String kind() {
        return "object";
    }

    @Override
    public String toString() {
        return JsonPrinter.print(this);
    }

    /** Makes one object, field by field; a later field of the same name replaces an earlier one, at its place. */
    public static final class Builder {

        private final Map<String, Json> fields = new LinkedHashMap<>();
        private boolean built;

        private Builder() {}

        public Builder put(String name, Json value) {
            if (built) {
                throw new IllegalStateException("expected a new builder, got one whose object is built");
            }
            fields.put(name, value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, long value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        /** Puts a field, unless its value is null. */
        public Builder putIfPresent(String name, @Nullable Json value) {
            return value == null ? this : put(name, value);
        }

        /** Puts a field, unless its value is null. */
        public Builder putIfPresent(String name, @Nullable String value) {
            return value == null ? this : put(name, value);
        }

        public JsonObject build() {
            built = true;
            return owning(fields);
        }
    }

    /** A map that nobody can change, so that a record may keep it without another copy. */
    private static final class Fields extends AbstractMap<String, Json> {

        private final Map<String, Json> fields;

        Fields(Map<String, Json> fields) {
            this.fields = Collections.unmodifiableMap(fields);
        }

        @Override
        public @Nullable Json get(@Nullable Object name) {
            return fields.get(name);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return fields.containsKey(name);
        }

        @Override
        public Set<Entry<String, Json>> entrySet() {
            return fields.entrySet();
        }
    }
}
