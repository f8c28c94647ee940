package io.breadcrumbs.sdk.workflow.template;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.util.Map;

/**
 * What may still be inserted while one template is resolved. Without it, a chain of steps each of which repeats the
 * last one's output grows without bound, and one that wraps it becomes too deep to be read.
 */
final class Room {

    /** What is inserted stands in a record of the journal, with others. */
    static final int MOST_CHARACTERS = 200_000;

    private int characters = MOST_CHARACTERS;
    private int depth = Json.MOST_DEPTH;

    void enter() {
        depth--;
    }

    void leave() {
        depth++;
    }

    /** The value, for which there is room. */
    Json take(Reference reference, Json value) throws MissingValueException {
        if (!fits(value, depth)) {
            throw new MissingValueException(
                    reference.written(),
                    "its value makes the whole too large: expected at most " + MOST_CHARACTERS + " characters, "
                            + Json.MOST_DEPTH + " levels deep");
        }
        return value;
    }

    private boolean fits(Json value, int levels) {
        return switch (value) {
            case JsonNull _ -> fits(4);
            case JsonBoolean _ -> fits(5);
            case JsonNumber(String text) -> fits(text.length());
            case JsonString(String text) -> fits(text.length() + 2);
            case JsonArray array -> fits(array, levels);
            case JsonObject object -> fits(object, levels);
        };
    }

    private boolean fits(JsonArray array, int levels) {
        if (levels == 0 || !fits(array.size() + 2)) {
            return false;
        }
        for (Json element : array.elements()) {
            if (!fits(element, levels - 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(JsonObject object, int levels) {
        if (levels == 0 || !fits(2)) {
            return false;
        }
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
            if (!fits(field.getKey().length() + 4) || !fits(field.getValue(), levels - 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(int more) {
        characters -= more;
        return characters >= 0;
    }
}
