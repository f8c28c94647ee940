package io.breadcrumbs.api.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import org.jspecify.annotations.Nullable;

/**
 * A secret's value as a curator sends it.
 *
 * @param value in no text that this class gives
 */
record SecretBody(@Nullable String value) {

    /** The value. Of what is no JSON only that is said: the words of a parser may have a piece of the value in them. */
    static String read(@Nullable String body) {
        JsonNode json;
        try {
            json = Values.parse(body == null ? "" : body);
        } catch (ToolFailure e) {
            throw Bodies.wrong("body", "expected a JSON document, got something else");
        }
        String value = Bodies.read(json, SecretBody.class, "").value();
        if (value == null || !json.path("value").isTextual()) {
            throw Bodies.wrong(
                    "value", "expected a text, got " + json.path("value").getNodeType());
        }
        return value;
    }

    @Override
    public String toString() {
        return "a secret's value";
    }
}
