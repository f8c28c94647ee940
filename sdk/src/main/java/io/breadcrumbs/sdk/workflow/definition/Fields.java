package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonPlace;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.breadcrumbs.sdk.workflow.template.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a definition while it is read. It knows where it stands, and notes what is wrong with its fields; who
 * reads goes on with a value that will do until the end. A field that is null is absent.
 */
final class Fields {

    private static final int MOST_FAULTS = 1_000;
    private static final int MOST_TEXT = 1_000;
    private static final int MOST_SHOWN = 60;

    private final JsonObject object;
    private final JsonPlace place;
    private final @Nullable String step;
    private final List<Fault> faults;

    Fields(JsonObject object, JsonPlace place, @Nullable String step, List<Fault> faults) {
        this.object = object;
        this.place = place;
        this.step = step;
        this.faults = faults;
    }

    JsonObject object() {
        return object;
    }

    JsonPlace place() {
        return place;
    }

    @Nullable
    String step() {
        return step;
    }

    List<Fault> faults() {
        return faults;
    }

    /** Another object further inside. */
    Fields within(JsonObject inner, JsonPlace there) {
        return new Fields(inner, there, step, faults);
    }

    void fault(Fault.Code code, String field, String message) {
        fault(code, place.field(field), message);
    }

    void fault(Fault.Code code, JsonPlace at, String message) {
        note(code, at.toString(), message);
    }

    private void note(Fault.Code code, String path, String message) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(code, step, path, message));
        } else if (faults.size() == MOST_FAULTS) {
            faults.add(new Fault(Fault.Code.TOO_LARGE, null, "", "there are more faults than are listed here"));
        }
    }

    /** Notes a fault in a part of a field, whose path is relative to the field. */
    void faultWithin(Fault.Code code, JsonPlace field, String part, String message) {
        String joint = part.isEmpty() || part.startsWith("[") ? "" : ".";
        note(code, field + joint + part, message);
    }

    /** Notes each field that has none of these names. */
    void allow(Set<String> names, String what) {
        for (String name : object.fields().keySet()) {
            if (!names.contains(name)) {
                String known = String.join(", ", names.stream().sorted().toList());
                fault(
                        Fault.Code.UNKNOWN_FIELD,
                        name,
                        what + " has no field " + shown(Json.of(name)) + ", only " + known + Nearest.hint(name, names));
            }
        }
    }

    boolean has(String name) {
        return get(name) != null;
    }

    @Nullable
    Json get(String name) {
        @Nullable Json value = object.get(name);
        return value instanceof JsonNull ? null : value;
    }

    /** A short text; null if there is none, or none that will do. */
    @Nullable
    String text(String name) {
        @Nullable Json value = get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString(String text) && !text.isBlank() && text.length() <= MOST_TEXT) {
            return text;
        }
        bad(name, "a text of 1 to " + MOST_TEXT + " characters", value);
        return null;
    }

    /** A short text, or a number as it was written. */
    @Nullable
    String version(String name) {
        return get(name) instanceof JsonNumber(String number) ? number : text(name);
    }

    /** What people are told; it may be long, and means nothing here. */
    void description() {
        @Nullable Json value = get("description");
        if (value != null && !(value instanceof JsonString)) {
            bad("description", "a text", value);
        }
    }

    /** A short text that must be there. */
    String requiredText(String name, String what) {
        if (!has(name)) {
            fault(Fault.Code.MISSING_FIELD, place, what + " needs a field '" + name + "'");
        }
        @Nullable String text = text(name);
        return text == null ? "" : text;
    }

    /** What a field says, of a few words. */
    <T> @Nullable T oneOf(String name, Map<String, T> meanings) {
        @Nullable Json value = get(name);
        if (value == null) {
            return null;
        }
        @Nullable T meaning = value instanceof JsonString(String text) ? meanings.get(text) : null;
        if (meaning == null) {
            String words = String.join(", ", meanings.keySet().stream().sorted().toList());
            bad(name, "one of " + words, value);
        }
        return meaning;
    }

    /** A duration longer than nothing; null if there is none, or none that will do. */
    @Nullable
    Duration timeout(String name) {
        @Nullable Duration duration = duration(name);
        if (duration != null && duration.isZero()) {
            fault(Fault.Code.BAD_VALUE, name, "expected more than 0");
        }
        return duration;
    }

    @Nullable
    Duration duration(String name) {
        @Nullable Json value = get(name);
        if (value == null) {
            return null;
        }
        @Nullable Duration duration = Times.duration(value);
        if (duration == null) {
            bad(name, Times.DURATIONS, value);
        }
        return duration;
    }

    /** A number between two others. */
    double number(String name, double least, double most, double otherwise) {
        @Nullable Json value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonNumber number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        bad(name, "a number from " + least + " to " + most, value);
        return otherwise;
    }

    /** A whole number from 1. */
    int count(String name, int most, int otherwise) {
        @Nullable Json value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonNumber number
                && number.isLong()
                && number.longValue() >= 1
                && number.longValue() <= most) {
            return (int) number.longValue();
        }
        bad(name, "a whole number from 1 to " + most, value);
        return otherwise;
    }

    /** A list of texts, or one. */
    List<String> texts(String name) {
        @Nullable Json value = get(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof JsonString(String text)) {
                    texts.add(text);
                } else {
                    bad(place.field(name).element(i), "a text", array.get(i));
                }
            }
        } else if (value instanceof JsonString(String text)) {
            texts.add(text);
        } else if (value != null) {
            bad(name, "a list of texts, or one", value);
        }
        return texts;
    }

    void bad(String field, String expected, Json got) {
        bad(place.field(field), expected, got);
    }

    void bad(JsonPlace at, String expected, Json got) {
        fault(Fault.Code.BAD_VALUE, at, "expected " + expected + ", got " + shown(got));
    }

    private static String shown(Json value) {
        return switch (value) {
            case JsonObject _ -> "an object";
            case JsonArray _ -> "an array";
            case JsonString(String text)
            when text.length() > MOST_SHOWN -> "\"" + text.substring(0, MOST_SHOWN) + "...\"";
            case JsonNumber(String text) when text.length() > MOST_SHOWN -> text.substring(0, MOST_SHOWN) + "...";
            case JsonNull _, JsonBoolean _, JsonNumber _, JsonString _ -> value.toString();
        };
    }
}
