package io.breadcrumbs.sdk.workflow.template;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A part of a template. What holds no reference is one constant, however large. */
sealed interface Node {

    Json resolve(Scope scope, Room room) throws MissingValueException;

    record Constant(Json value) implements Node {

        @Override
        public Json resolve(Scope scope, Room room) {
            return value;
        }
    }

    /** A string that is nothing but a reference: the value keeps its type. */
    record Whole(Reference reference) implements Node {

        @Override
        public Json resolve(Scope scope, Room room) throws MissingValueException {
            return room.take(reference, reference.resolve(scope));
        }
    }

    /** A string with references in it: other strings, or what stands for another value in JSON, come to their place. */
    record Text(List<Piece> pieces) implements Node {

        @Override
        public Json resolve(Scope scope, Room room) throws MissingValueException {
            StringBuilder text = new StringBuilder();
            for (Piece piece : pieces) {
                switch (piece) {
                    case Piece.Plain(String plain) -> text.append(plain);
                    case Piece.Inserted(Reference reference) -> {
                        Json value = room.take(reference, reference.resolve(scope));
                        text.append(value instanceof JsonString(String string) ? string : value.toString());
                    }
                }
            }
            return Json.of(text.toString());
        }
    }

    /** A piece of a text. */
    sealed interface Piece {

        record Plain(String text) implements Piece {}

        record Inserted(Reference reference) implements Piece {}
    }

    record Elements(List<Node> nodes) implements Node {

        @Override
        public Json resolve(Scope scope, Room room) throws MissingValueException {
            List<Json> elements = new ArrayList<>(nodes.size());
            room.enter();
            for (Node node : nodes) {
                elements.add(node.resolve(scope, room));
            }
            room.leave();
            return new JsonArray(elements);
        }
    }

    record Fields(Map<String, Node> nodes) implements Node {

        @Override
        public Json resolve(Scope scope, Room room) throws MissingValueException {
            JsonObject.Builder fields = JsonObject.builder();
            room.enter();
            for (Map.Entry<String, Node> node : nodes.entrySet()) {
                fields.put(node.getKey(), node.getValue().resolve(scope, room));
            }
            room.leave();
            return fields.build();
        }
    }
}
