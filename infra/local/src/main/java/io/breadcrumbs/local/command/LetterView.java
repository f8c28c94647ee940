package io.breadcrumbs.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Dead letters as people read them, made of what programs get. */
final class LetterView {

    private static final String ROW = "%-32s %-24s %-12s %s";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** What people are shown of a value; programs get all of it. */
    private static final int BYTES_FOR_PEOPLE = 1_024;

    private LetterView() {}

    /** One line a letter, under a line of titles. */
    static List<String> table(List<JsonNode> letters) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, ROW, "ID", "TIME", "CODE", "REASON"));
        for (JsonNode letter : letters) {
            lines.add(String.format(
                    Locale.ROOT,
                    ROW,
                    plain(letter, "id"),
                    plain(letter, "failedAt"),
                    plain(letter, "code"),
                    plain(letter, "message")));
        }
        return lines;
    }

    /** A letter with all that it holds, a field a line. */
    static List<String> text(JsonNode letter) {
        List<String> lines = new ArrayList<>();
        lines.add(field("id", plain(letter, "id")));
        lines.add(field("reason", plain(letter, "code") + ": " + plain(letter, "message")));
        lines.add(field(
                "record",
                plain(letter, "topic") + ", partition " + plain(letter, "partition") + ", offset "
                        + plain(letter, "offset")));
        lines.add(field(
                "failed",
                plain(letter, "failedAt") + ", on " + plain(letter, "failedBy") + ", attempt "
                        + plain(letter, "attempts")));
        lines.add(field("key", letter.path("key").asText("none")));
        for (JsonNode header : letter.path("headers")) {
            lines.add(field(
                    "header",
                    plain(header, "name") + " = " + header.path("value").asText("none")));
        }
        lines.add(field("value", letter.has("value") ? letter.path("value").toString() : bytes(letter)));
        return lines;
    }

    private static String bytes(JsonNode letter) {
        if (!letter.path("valueHex").isTextual()) {
            return "left out, see the reason";
        }
        String hex = letter.path("valueHex").asText();
        int bytes = hex.length() / 2;
        int beyond = bytes - BYTES_FOR_PEOPLE;
        return bytes + " bytes, "
                + (beyond > 0
                        ? hex.substring(0, 2 * BYTES_FOR_PEOPLE) + " and " + beyond + " more; --json shows all"
                        : hex);
    }

    private static String field(String name, String text) {
        return String.format(Locale.ROOT, "%-9s %s", name, text);
    }

    /** What came from elsewhere must not drive a terminal. */
    private static String plain(JsonNode node, String name) {
        return CONTROL.matcher(node.path(name).asText()).replaceAll(" ");
    }
}
