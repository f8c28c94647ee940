package io.breadcrumbs.sdk.workflow.json;

import org.jspecify.annotations.Nullable;

/** A JSON document that is parsed only when somebody looks into it: most outputs are only carried along. */
public final class Value {

    private final String text;
    private volatile @Nullable Json json;

    private Value(String text, @Nullable Json json) {
        this.text = text;
        this.json = json;
    }

    public static Value of(String text) {
        return new Value(text, null);
    }

    public static Value of(Json json) {
        return new Value(json.toString(), json);
    }

    /** What it stands for; text that is no JSON stands for itself. */
    public Json json() {
        Json known = json;
        if (known == null) {
            known = parsed();
            json = known;
        }
        return known;
    }

    private Json parsed() {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return Json.of(text);
        }
    }

    public int length() {
        return text.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Its text. */
    @Override
    public String toString() {
        return text;
    }
}
