package io.breadcrumbs.sdk.workflow.json;

import java.math.BigDecimal;
import java.util.List;

/** A JSON value that never changes. Two are equal if they are written the same, white space and order apart. */
public sealed interface Json permits JsonArray, JsonBoolean, JsonNull, JsonNumber, JsonObject, JsonString {

    /** How deep a value may be nested, so that half an ordinary stack is enough to read, print or compare it. */
    int MOST_DEPTH = 200;

    /** How long the text of a value may be: more, the bus does not take in one piece. */
    int MOST_CHARACTERS = 24 << 20;

    /**
     * The value that a text stands for, by RFC 8259, where each field of an object has a name of its own.
     *
     * @throws JsonException if it is none, or beyond a bound; the message says where
     */
    static Json parse(String text) throws JsonException {
        return new JsonParser(text).document();
    }

    static JsonNull nothing() {
        return JsonNull.NULL;
    }

    static JsonBoolean of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }

    static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** A number with a fraction; NaN and the infinities are none. */
    static JsonNumber of(double value) {
        return new JsonNumber(Double.toString(value));
    }

    static JsonNumber of(BigDecimal value) {
        return new JsonNumber(value.toString());
    }

    static JsonString of(String value) {
        return new JsonString(value);
    }

    static JsonArray array(Json... elements) {
        return new JsonArray(List.of(elements));
    }

    /** An object of one field; {@link JsonObject#builder} makes those of more. */
    static JsonObject object(String name, Json value) {
        return JsonObject.builder().put(name, value).build();
    }

    /** An object of two fields. */
    static JsonObject object(String name, Json value, String otherName, Json otherValue) {
        return JsonObject.builder().put(name, value).put(otherName, otherValue).build();
    }

    /** What it is, as messages name it. */
    String kind();

    /** Its text, without white space. */
    @Override
    String toString();
}
