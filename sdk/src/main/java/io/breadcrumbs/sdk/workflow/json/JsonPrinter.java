package io.breadcrumbs.sdk.workflow.json;

import java.util.List;
import java.util.Map;

/** Writes values without white space. */
final class JsonPrinter {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();

    private JsonPrinter() {}

    static String print(Json value) {
        JsonPrinter printer = new JsonPrinter();
        printer.value(value);
        return printer.out.toString();
    }

    private void value(Json value) {
        switch (value) {
            case JsonNull _ -> out.append("null");
            case JsonBoolean(boolean truth) -> out.append(truth);
            case JsonNumber(String text) -> out.append(text);
            case JsonString(String text) -> string(text);
            case JsonArray(List<Json> elements) -> array(elements);
            case JsonObject(Map<String, Json> fields) -> object(fields);
        }
    }

    private void array(List<Json> elements) {
        char before = '[';
        for (Json element : elements) {
            out.append(before);
            value(element);
            before = ',';
        }
        out.append(elements.isEmpty() ? "[]" : "]");
    }

    private void object(Map<String, Json> fields) {
        char before = '{';
        for (Map.Entry<String, Json> field : fields.entrySet()) {
            out.append(before);
            string(field.getKey());
            out.append(':');
            value(field.getValue());
            before = ',';
        }
        out.append(fields.isEmpty() ? "{}" : "}");
    }

    private void string(String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (Character.isHighSurrogate(next)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (next < ' ' || next == '"' || next == '\\' || Character.isSurrogate(next)) {
                out.append(text, copied, i);
                escape(next);
                copied = i + 1;
            }
        }
        out.append(text, copied, text.length()).append('"');
    }

    /** Half a surrogate pair is escaped too: nothing but an escape brings it through UTF-8. */
    private void escape(char next) {
        switch (next) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((next >> shift) & 0xF));
                }
            }
        }
    }
}
