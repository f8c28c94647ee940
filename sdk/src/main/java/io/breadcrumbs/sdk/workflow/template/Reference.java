package io.breadcrumbs.sdk.workflow.template;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonPlace;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a value.
 *
 * @param written as it stands in the template
 * @param path the way from the root's value; for a step it begins with {@code output}, {@code error} or {@code status}
 */
record Reference(String written, String root, List<Part> path) {

    static final String OUTPUT = "output";
    static final String ERROR = "error";
    static final String STATUS = "status";

    private static final Set<String> NO_STEPS = Set.of("input", "item", "index", "run");
    private static final int MOST_NAMES_SHOWN = 10;
    private static final int MOST_NAMES_LENGTH = 200;

    /** One step of a way into a value. */
    sealed interface Part {

        record Field(String name) implements Part {}

        record Element(int index) implements Part {}
    }

    Reference {
        path = List.copyOf(path);
    }

    /**
     * A reference as it was written: a step alone, or one of its fields, means its output.
     *
     * @param dollar whether it began with a dollar sign, after which {@code error} and {@code status} are fields of the
     *     output like any other
     */
    static Reference of(String written, String root, List<Part> path, boolean dollar) {
        if (NO_STEPS.contains(root)) {
            return new Reference(written, root, path);
        }
        @Nullable String first = path.isEmpty() ? null : name(path.getFirst());
        boolean complete =
                first != null && (first.equals(OUTPUT) || (!dollar && (first.equals(ERROR) || first.equals(STATUS))));
        if (complete) {
            return new Reference(written, root, path);
        }
        List<Part> whole = new ArrayList<>();
        whole.add(new Part.Field(OUTPUT));
        whole.addAll(path);
        return new Reference(written, root, whole);
    }

    private static @Nullable String name(Part part) {
        return part instanceof Part.Field(String name) ? name : null;
    }

    Json resolve(Scope scope) throws MissingValueException {
        @Nullable Json value = scope.root(root);
        if (value == null) {
            throw new MissingValueException(written, root + " has no value");
        }
        int begin = 0;
        if (!NO_STEPS.contains(root) && value instanceof JsonObject step) {
            String first = String.valueOf(name(path.getFirst()));
            @Nullable Json given = step.get(first);
            if (leftOut(step) && !first.equals(STATUS)) {
                return Json.nothing();
            }
            if (given == null && first.equals(OUTPUT)) {
                throw new MissingValueException(written, root + " has no output; its status is " + status(step));
            }
            value = given == null ? Json.nothing() : given;
            begin = 1;
        }
        for (int i = begin; i < path.size(); i++) {
            value = follow(value, i);
        }
        return value;
    }

    private Json follow(Json value, int step) throws MissingValueException {
        return switch (path.get(step)) {
            case Part.Field(String name) -> {
                if (!(value instanceof JsonObject object)) {
                    throw missing(step, "is " + article(value) + ", which has no field " + name);
                }
                @Nullable Json field = object.get(name);
                if (field == null) {
                    throw missing(step, "has no field " + name + names(object));
                }
                yield field;
            }
            case Part.Element(int index) -> {
                if (!(value instanceof JsonArray array)) {
                    throw missing(step, "is " + article(value) + ", which has no elements");
                }
                if (index >= array.size()) {
                    throw missing(step, "has " + array.size() + (array.size() == 1 ? " element" : " elements"));
                }
                yield array.get(index);
            }
        };
    }

    private MissingValueException missing(int step, String what) {
        JsonPlace place = JsonPlace.WHOLE.field(root);
        for (Part part : path.subList(0, step)) {
            place = switch (part) {
                case Part.Field(String name) -> place.field(name);
                case Part.Element(int index) -> place.element(index);
            };
        }
        return new MissingValueException(written, place + " " + what);
    }

    private static boolean leftOut(JsonObject step) {
        return step.get(STATUS) instanceof JsonString(String status) && status.equals(Scope.LEFT_OUT);
    }

    private static String status(JsonObject step) {
        return step.get(STATUS) instanceof JsonString(String status) ? status : "unknown";
    }

    private static String article(Json value) {
        return switch (value) {
            case JsonNull _ -> "null";
            case JsonArray _, JsonObject _ -> "an " + value.kind();
            case JsonString _, JsonNumber _, JsonBoolean _ -> "a " + value.kind();
        };
    }

    private static String names(JsonObject object) {
        String names = String.join(
                ", ", object.fields().keySet().stream().limit(MOST_NAMES_SHOWN).toList());
        boolean all = object.size() <= MOST_NAMES_SHOWN && names.length() <= MOST_NAMES_LENGTH;
        String shown = names.substring(0, Math.min(names.length(), MOST_NAMES_LENGTH));
        return object.size() == 0 ? "; it is empty" : "; it has " + shown + (all ? "" : ", ...");
    }
}
