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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the nodes of a value, and gathers what they refer to and what is wrong. */
final class TemplateParser {

    private static final int MOST_FAULTS = 100;

    private final Set<String> known;
    final Set<String> roots = new LinkedHashSet<>();
    final List<TemplateException.Fault> faults = new ArrayList<>();

    TemplateParser(Set<String> known) {
        this.known = known;
    }

    Node node(Json value, JsonPlace place) {
        return switch (value) {
            case JsonString string -> text(string, place);
            case JsonArray array -> elements(array, place);
            case JsonObject object -> fields(object, place);
            case JsonNull _, JsonBoolean _, JsonNumber _ -> new Node.Constant(value);
        };
    }

    private Node elements(JsonArray array, JsonPlace place) {
        List<Node> nodes = new ArrayList<>(array.size());
        boolean constant = true;
        for (int i = 0; i < array.size(); i++) {
            Node node = node(array.get(i), place.element(i));
            nodes.add(node);
            constant &= unchanged(node, array.get(i));
        }
        return constant ? new Node.Constant(array) : new Node.Elements(nodes);
    }

    private Node fields(JsonObject object, JsonPlace place) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        boolean constant = true;
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
            Node node = node(field.getValue(), place.field(field.getKey()));
            nodes.put(field.getKey(), node);
            constant &= unchanged(node, field.getValue());
        }
        return constant ? new Node.Constant(object) : new Node.Fields(nodes);
    }

    /** Whether a node stands for the very value it was made of, escapes being none. */
    @SuppressWarnings("ReferenceEquality") // the same object, so that large values are not compared
    private static boolean unchanged(Node node, Json value) {
        return node instanceof Node.Constant(Json constant) && constant == value;
    }

    private Node text(JsonString string, JsonPlace place) {
        if (string.value().indexOf('{') < 0) {
            return new Node.Constant(string);
        }
        TextParser parser = new TextParser(string.value(), known);
        List<Node.Piece> pieces = parser.pieces();
        for (String fault : parser.faults()) {
            if (faults.size() < MOST_FAULTS) {
                faults.add(new TemplateException.Fault(place.toString(), fault));
            }
        }
        for (Node.Piece piece : pieces) {
            if (piece instanceof Node.Piece.Inserted(Reference reference)) {
                roots.add(reference.root());
            }
        }
        if (pieces.size() > 1) {
            return new Node.Text(pieces);
        }
        return switch (pieces.isEmpty() ? new Node.Piece.Plain("") : pieces.getFirst()) {
            case Node.Piece.Inserted(Reference reference) -> new Node.Whole(reference);
            case Node.Piece.Plain(String plain) ->
                new Node.Constant(plain.equals(string.value()) ? string : Json.of(plain));
        };
    }
}
