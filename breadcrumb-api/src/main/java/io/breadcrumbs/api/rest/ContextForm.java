package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A context as models read it: as its {@code llm_hints} say.
 *
 * <p>{@code include} keeps these fields only, {@code exclude} takes fields away, {@code templates} adds texts whose
 * {@code {{field}}} are replaced; {@code "mode": "replace"} leaves nothing but those texts and what is included. Paths
 * have dots between their names. Hints that make no sense change nothing.
 */
final class ContextForm {

    static final String HINTS = "llm_hints";

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]{1,200}?)\\s*}}");

    /** What a template may grow to. */
    private static final int TEXT_CHARS = 100_000;

    private ContextForm() {}

    static JsonNode of(JsonNode context) {
        if (!(context instanceof ObjectNode object) || !(object.get(HINTS) instanceof ObjectNode hints)) {
            return context;
        }
        ObjectNode all = object.deepCopy();
        all.remove(HINTS);
        ObjectNode form = begun(all, hints);
        for (String path : texts(hints.get("exclude"))) {
            remove(form, names(path));
        }
        templates(hints).forEach((name, template) -> form.set(name, TextNode.valueOf(filled(template, all))));
        return form;
    }

    private static ObjectNode begun(ObjectNode all, ObjectNode hints) {
        List<String> include = texts(hints.get("include"));
        boolean replace = "replace".equals(hints.path("mode").asText());
        if (include.isEmpty() && !replace) {
            return all.deepCopy();
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String path : include) {
            JsonNode value = at(all, path);
            if (value != null) {
                put(kept, names(path), value.deepCopy());
            }
        }
        return kept;
    }

    /** Texts by name; the earlier form says of each what kind of transformation it is. */
    private static Map<String, String> templates(ObjectNode hints) {
        Map<String, String> templates = new java.util.LinkedHashMap<>();
        for (String field : List.of("templates", "transform")) {
            if (hints.get(field) instanceof ObjectNode named) {
                named.properties().forEach(one -> {
                    JsonNode said = one.getValue();
                    JsonNode template = said.isObject() ? said.path("template") : said;
                    if (template.isTextual()) {
                        templates.put(one.getKey(), template.textValue());
                    }
                });
            }
        }
        return templates;
    }

    private static String filled(String template, ObjectNode context) {
        Matcher places = PLACE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (places.find() && text.length() < TEXT_CHARS) {
            JsonNode value = at(context, places.group(1));
            String shown = value == null ? "" : value.isTextual() ? value.textValue() : value.toString();
            places.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        places.appendTail(text);
        return text.length() > TEXT_CHARS ? text.substring(0, TEXT_CHARS) : text.toString();
    }

    private static List<String> texts(@Nullable JsonNode list) {
        return list != null && list.isArray()
                ? list.valueStream()
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .toList()
                : List.of();
    }

    private static String[] names(String path) {
        String plain = path.startsWith("$.") ? path.substring(2) : path;
        return (plain.startsWith("context.") ? plain.substring("context.".length()) : plain).split("\\.", -1);
    }

    private static @Nullable JsonNode at(JsonNode context, String path) {
        JsonNode at = context;
        for (String name : names(path)) {
            boolean index = at.isArray() && name.matches("\\d{1,8}");
            at = index ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return at.isMissingNode() ? null : at;
    }

    private static void put(ObjectNode into, String[] names, JsonNode value) {
        if (names.length == 1) {
            into.set(names[0], value);
            return;
        }
        ObjectNode inner = into.get(names[0]) instanceof ObjectNode there ? there : into.putObject(names[0]);
        put(inner, Arrays.copyOfRange(names, 1, names.length), value);
    }

    private static void remove(ObjectNode from, String[] names) {
        if (names.length == 1) {
            from.remove(names[0]);
        } else if (from.get(names[0]) instanceof ObjectNode inner) {
            remove(inner, Arrays.copyOfRange(names, 1, names.length));
        }
    }
}
