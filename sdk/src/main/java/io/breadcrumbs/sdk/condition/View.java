package io.breadcrumbs.sdk.condition;

import dev.cel.common.values.NullValue;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.template.Scope;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as CEL sees it while one condition is asked, made of what it looks at only, and counted. One thread at a time.
 */
final class View {

    private static final long MOST = 100_000_000;
    private static final int EACH = 16;

    private long looked;

    /** More was looked at than a condition may. */
    static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooMuch() {
            super("expected a condition that looks at less than " + MOST + " characters, got one that looks at more");
        }
    }

    Object of(Json value) {
        looked += EACH + (value instanceof JsonString(String text) ? text.length() : 0);
        if (looked > MOST) {
            throw new TooMuch();
        }
        return switch (value) {
            case JsonNull _ -> NullValue.NULL_VALUE;
            case JsonBoolean(boolean truth) -> truth;
            case JsonNumber number -> number(number);
            case JsonString(String text) -> text;
            case JsonArray array -> new Elements(array);
            case JsonObject object -> new Fields(object);
        };
    }

    private static Object number(JsonNumber number) {
        if (number.isLong()) {
            return number.longValue();
        }
        return number.doubleValue();
    }

    /** These steps by their ids. */
    Map<String, Object> steps(Set<String> ids, Scope scope) {
        Map<String, Object> steps = new LinkedHashMap<>();
        for (String id : ids) {
            @Nullable Json value = scope.root(id);
            if (value != null) {
                steps.put(id, of(value));
            }
        }
        return steps;
    }

    private final class Elements extends AbstractList<Object> {

        private final JsonArray array;

        Elements(JsonArray array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return of(array.get(index));
        }

        @Override
        public int size() {
            return array.size();
        }
    }

    private final class Fields extends AbstractMap<String, Object> {

        private final JsonObject object;

        Fields(JsonObject object) {
            this.object = object;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            @Nullable Json value = name instanceof String text ? object.get(text) : null;
            return value == null ? null : of(value);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return name instanceof String text && object.get(text) != null;
        }

        @Override
        public int size() {
            return object.size();
        }

        @Override
        public Set<String> keySet() {
            return object.fields().keySet();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> entries = new LinkedHashMap<>();
            object.fields().forEach((name, value) -> entries.put(name, of(value)));
            return entries.entrySet();
        }
    }
}
