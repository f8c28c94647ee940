package io.breadcrumbs.api.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went wrong, for the caller.
 *
 * @param detail what was expected and what came
 * @param more what programs may want to know
 */
public record Problem(ProblemCode code, int status, String detail, Map<String, JsonNode> more) {

    public Problem {
        more = Map.copyOf(more);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, code.status(), detail, Map.of());
    }

    /** The same problem with one more member. */
    public Problem with(String name, JsonNode value) {
        Map<String, JsonNode> all = new TreeMap<>(more);
        all.put(name, value);
        return new Problem(code, status, detail, all);
    }

    /** The document. */
    public ObjectNode toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("type", "urn:breadcrumbs:problem:" + code.text());
        document.put("title", code.title());
        document.put("status", status);
        document.put("code", code.text());
        document.put("detail", detail);
        document.put("cure", code.cure());
        more.forEach(document::set);
        return document;
    }
}
