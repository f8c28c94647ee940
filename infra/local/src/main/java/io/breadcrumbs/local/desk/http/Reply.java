package io.breadcrumbs.local.desk.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the door says. */
sealed interface Reply {

    ObjectMapper MAPPER = new ObjectMapper();

    JsonObject NOTHING = JsonObject.builder().build();

    /** What was asked for. */
    record Ok(JsonObject json) implements Reply {}

    /** A problem document. */
    record Problem(int status, JsonObject json) implements Reply {

        String detail() {
            return text(json, "detail");
        }

        /** Why a run refuses something, or a definition is wrong; empty if nobody says so. */
        String reason() {
            return text(json, "reason");
        }

        /** Ends the command with what went wrong, and what to do about it. */
        FailureException failure() {
            String detail = detail().strip();
            boolean ended = detail.endsWith(".") || detail.endsWith("?") || detail.endsWith("!");
            return new FailureException(ExitCode.FAILED, detail + (ended ? " " : ". ") + text(json, "cure"));
        }
    }

    /** The answer, if it is one; else the command ends. */
    default JsonObject orFail() {
        return switch (this) {
            case Ok(JsonObject json) -> json;
            case Problem problem -> throw problem.failure();
        };
    }

    /** The object that a text is; null if it is none. */
    static @Nullable JsonObject object(String text) {
        try {
            return Json.parse(text) instanceof JsonObject object ? object : null;
        } catch (JsonException e) {
            return null;
        }
    }

    /** The same as what the sdk's {@code operate} reads. */
    static JsonNode node(JsonObject json) {
        return node(json.toString());
    }

    /** What a text says; nothing if it is no JSON. */
    static JsonNode node(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A text of an object; empty if it has none of that name. */
    static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString(String text) ? text : "";
    }

    /** The objects of a list of an object. */
    static List<JsonObject> items(JsonObject json, String name) {
        return json.get(name) instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
