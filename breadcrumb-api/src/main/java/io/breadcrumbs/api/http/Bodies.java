package io.breadcrumbs.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What callers send, as JSON. A field that nobody knows is refused, so that a slip of the pen is not overlooked. */
public final class Bodies {

    private Bodies() {}

    /** Refuses a list in which something is missing. */
    public static void withoutNulls(String field, @Nullable List<?> list) {
        if (list != null && list.contains(null)) {
            throw wrong(field, "expected no null in it, got one");
        }
    }

    /** A moment; {@code never} is none. */
    public static @Nullable Instant instant(String field, String text) {
        return text.equals("never") ? null : moment(field, text);
    }

    /** A moment. */
    static Instant moment(String field, String text) {
        try {
            Instant moment = Instant.parse(text);
            return Instant.ofEpochMilli(moment.toEpochMilli()); // as it is kept
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(field, "expected a moment like 2030-01-31T12:00:00Z, got " + text);
        }
    }

    /** The body as an object of this type; a problem that names the field if it is none. */
    public static <T> T read(@Nullable String body, Class<T> type) {
        return read(parsed(body), type, "");
    }

    /**
     * The same of a part of a body.
     *
     * @param prefix of the path, for messages
     */
    public static <T> T read(JsonNode json, Class<T> type, String prefix) {
        if (!json.isObject()) {
            throw wrong(prefix.isEmpty() ? "body" : prefix, "expected a JSON object, got " + json.getNodeType());
        }
        try {
            return Values.readExactly(json, type);
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

    /** The body as JSON; a problem if it is none. */
    public static JsonNode parsed(@Nullable String body) {
        if (body == null || body.isBlank()) {
            throw wrong("body", "expected JSON, got nothing");
        }
        try {
            return Values.parse(body);
        } catch (ToolFailure e) {
            throw wrong("body", String.valueOf(e.getMessage()));
        }
    }

    /** A problem with a field. */
    public static ProblemException wrong(String field, String message) {
        return new ProblemException(ProblemCode.INVALID, (field.isEmpty() ? "body" : field) + ": " + message);
    }
}
