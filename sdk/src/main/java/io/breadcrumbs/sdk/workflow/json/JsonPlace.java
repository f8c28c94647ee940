package io.breadcrumbs.sdk.workflow.json;

import org.jspecify.annotations.Nullable;

/** A place within a value, for messages; its text is made only when it is asked for. */
public final class JsonPlace {

    /** The value itself. */
    public static final JsonPlace WHOLE = new JsonPlace(null, "", -1);

    private static final int MOST_CHARACTERS = 300;

    private final @Nullable JsonPlace parent;
    private final String name;
    private final int index;

    private JsonPlace(@Nullable JsonPlace parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /** The field of this name. */
    public JsonPlace field(String field) {
        return new JsonPlace(this, field, -1);
    }

    /** The element at this index. */
    public JsonPlace element(int at) {
        return new JsonPlace(this, "", at);
    }

    /** Such as {@code items[0].title["odd name"]}; the end of it, where that is very long. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        @Nullable JsonPlace place = this;
        while (place != null && place.parent != null) {
            String part = place.part();
            if (text.length() + part.length() > MOST_CHARACTERS) {
                return text.insert(0, "...").toString();
            }
            text.insert(0, part);
            place = place.parent;
        }
        return text.toString();
    }

    private String part() {
        if (index >= 0) {
            return "[" + index + "]";
        }
        if (!plain()) {
            return "[" + Json.of(name) + "]";
        }
        return parent == WHOLE ? name : "." + name;
    }

    private boolean plain() {
        return !name.isEmpty()
                && name.length() < MOST_CHARACTERS
                && name.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || "_-$".indexOf(letter) >= 0);
    }
}
