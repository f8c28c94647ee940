package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.sdk.breadcrumb.Change;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What callers send, as JSON. A field that nobody knows is refused, so that a slip of the pen is not overlooked. */
final class Bodies {

    private Bodies() {}

    /** What a breadcrumb is to be, or to become; what is left out stays as it is. */
    record Written(
            @Nullable String id,
            @JsonProperty("schema_name") @Nullable String schemaName,
            @Nullable String title,
            @Nullable JsonNode context,
            @Nullable List<String> tags,
            @Nullable Access access,
            @Nullable String ttl,
            @Nullable List<Float> embedding) {

        Written {
            withoutNulls("tags", tags);
            withoutNulls("embedding", embedding);
        }

        Change creation() {
            if (schemaName == null) {
                throw wrong("schema_name", "expected one, got none");
            }
            Change change = applied(Change.create(schemaName));
            return id == null ? change : change.id(id);
        }

        /** @param change of a breadcrumb that is there */
        Change onto(Change change) {
            if (id != null || schemaName != null) {
                throw wrong(id != null ? "id" : "schema_name", "expected none, since it cannot be changed");
            }
            return applied(change);
        }

        private Change applied(Change begun) {
            Change change = begun;
            change = title == null ? change : change.title(title);
            change = tags == null ? change : change.tags(tags);
            change = embedding == null ? change : change.embedding(embedding);
            change = ttl == null ? change : change.ends(instant("ttl", ttl));
            if (access != null) {
                change = access.onto(change);
            }
            return context == null || context.isNull() ? change : change.context(context.toString());
        }
    }

    /** Who may see a breadcrumb. */
    record Access(@Nullable String visibility, @Nullable List<String> acl) {

        Access {
            withoutNulls("access.acl", acl);
        }

        Change onto(Change begun) {
            Change change = acl == null ? begun : begun.acl(acl);
            return visibility == null ? change : change.visibility(parsed(visibility));
        }

        private static Visibility parsed(String name) {
            try {
                return Visibility.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw wrong("access.visibility", "expected workspace, public or private, got " + name);
            }
        }
    }

    /** Tags to be added and removed. */
    record Tags(@Nullable List<String> add, @Nullable List<String> remove) {

        Tags {
            withoutNulls("add", add);
            withoutNulls("remove", remove);
        }

        Change of(String id) {
            return Change.tag(id).add(add == null ? List.of() : add).remove(remove == null ? List.of() : remove);
        }
    }

    static void withoutNulls(String field, @Nullable List<?> list) {
        if (list != null && list.contains(null)) {
            throw wrong(field, "expected no null in it, got one");
        }
    }

    /** A moment; {@code never} is none. */
    static @Nullable Instant instant(String field, String text) {
        if (text.equals("never")) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(field, "expected a moment like 2030-01-31T12:00:00Z, got " + text);
        }
    }

    static <T> T read(@Nullable String body, Class<T> type) {
        return read(parsed(body), type, "");
    }

    /** @param prefix of the path, for messages */
    static <T> T read(JsonNode json, Class<T> type, String prefix) {
        if (!json.isObject()) {
            throw wrong(prefix.isEmpty() ? "body" : prefix, "expected a JSON object, got " + json.getNodeType());
        }
        try {
            return Values.read(json, type);
        } catch (ToolFailure e) {
            String field = e.toError().getField();
            boolean whole = field == null || field.isEmpty();
            String place = prefix + (whole ? "" : (prefix.isEmpty() ? "" : ".") + field);
            throw failure(place, String.valueOf(e.getMessage()), kind(json, field));
        }
    }

    /** Without the words of the library, which name our classes. */
    private static ProblemException failure(String place, String message, String came) {
        int ours = message.indexOf(": expected");
        if (ours > 0 && message.startsWith("Cannot construct")) {
            return new ProblemException(ProblemCode.INVALID, message.substring(message.indexOf("problem: ") + 9));
        }
        return wrong(
                place,
                message.startsWith("Unrecognized field")
                        ? "expected a field that is known, got this one"
                        : "expected another kind of value, got " + came);
    }

    private static String kind(JsonNode json, @Nullable String field) {
        String path = field == null || field.isEmpty() ? "" : "/" + field.replaceAll("[.\\[]", "/");
        return json.at(path.replace("]", "")).getNodeType().name().toLowerCase(Locale.ROOT);
    }

    static JsonNode parsed(@Nullable String body) {
        if (body == null || body.isBlank()) {
            throw wrong("body", "expected JSON, got nothing");
        }
        try {
            return Values.parse(body);
        } catch (ToolFailure e) {
            throw wrong("body", String.valueOf(e.getMessage()));
        }
    }

    static ProblemException wrong(String field, String message) {
        return new ProblemException(ProblemCode.INVALID, (field.isEmpty() ? "body" : field) + ": " + message);
    }
}
