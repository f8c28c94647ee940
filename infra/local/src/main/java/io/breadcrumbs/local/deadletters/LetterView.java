package io.breadcrumbs.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Header;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Letters as people and programs read them. Bytes are shown as text where they are text, else in hexadecimal. */
public final class LetterView {

    private static final String ROW = "%-32s %-24s %-12s %s";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** What people are shown of a value; programs get all of it. */
    private static final int BYTES_FOR_PEOPLE = 1_024;

    private LetterView() {}

    /** One line a letter, under a line of titles. */
    public static List<String> table(List<Letter> letters) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, ROW, "ID", "TIME", "CODE", "REASON"));
        for (Letter letter : letters) {
            DeadLetter about = letter.about();
            lines.add(String.format(
                    Locale.ROOT, ROW, plain(letter.id()), time(about), about.getCode(), plain(about.getMessage())));
        }
        return lines;
    }

    /** A letter of a list, without its bytes. */
    public static ObjectNode json(Letter letter) {
        ObjectNode node = json(letter.id(), letter.about());
        return node.put("valueBytes", letter.valueBytes());
    }

    /**
     * A letter with all that it holds, for programs.
     *
     * @param decoded its value, if that could be decoded
     */
    public static ObjectNode json(String id, DeadLetter letter, Optional<JsonNode> decoded) {
        ObjectNode node = json(id, letter).put("key", text(letter.getKey()));
        ArrayNode headers = node.putArray("headers");
        for (Header header : letter.getHeaders()) {
            headers.addObject().put("name", header.getName()).put("value", text(header.getValue()));
        }
        ByteBuffer value = letter.getValue();
        node.put("valueBytes", value == null ? null : value.remaining());
        if (decoded.isPresent()) {
            node.set("value", decoded.get());
        } else {
            node.put("valueHex", value == null ? null : hex(value, Integer.MAX_VALUE));
        }
        return node;
    }

    /** The same for people, a field a line. */
    public static List<String> text(String id, DeadLetter letter, Optional<JsonNode> decoded) {
        List<String> lines = new ArrayList<>();
        lines.add(field("id", plain(id)));
        lines.add(field("reason", letter.getCode() + ": " + plain(letter.getMessage())));
        lines.add(field(
                "record",
                letter.getTopic() + ", partition " + letter.getPartition() + ", offset " + letter.getOffset()));
        lines.add(field(
                "failed", time(letter) + ", on " + plain(letter.getFailedBy()) + ", attempt " + letter.getAttempts()));
        lines.add(field("key", shown(letter.getKey())));
        for (Header header : letter.getHeaders()) {
            lines.add(field("header", plain(header.getName()) + " = " + shown(header.getValue())));
        }
        lines.add(field("value", decoded.map(JsonNode::toString).orElseGet(() -> value(letter.getValue()))));
        return lines;
    }

    private static ObjectNode json(String id, DeadLetter letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("code", letter.getCode())
                .put("message", letter.getMessage())
                .put("topic", letter.getTopic())
                .put("partition", letter.getPartition())
                .put("offset", letter.getOffset())
                .put("failedAt", time(letter))
                .put("failedBy", letter.getFailedBy())
                .put("attempts", letter.getAttempts());
    }

    private static String field(String name, String text) {
        return String.format(Locale.ROOT, "%-9s %s", name, text);
    }

    private static String time(DeadLetter letter) {
        return Instant.ofEpochMilli(letter.getFailedAtMs()).toString();
    }

    private static String value(@Nullable ByteBuffer value) {
        if (value == null) {
            return "left out, see the reason";
        }
        int beyond = value.remaining() - BYTES_FOR_PEOPLE;
        return value.remaining() + " bytes, " + hex(value, BYTES_FOR_PEOPLE)
                + (beyond > 0 ? " and " + beyond + " more; --json shows all" : "");
    }

    private static String shown(@Nullable ByteBuffer bytes) {
        String text = text(bytes);
        return text == null ? "none" : text;
    }

    private static @Nullable String text(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            return CONTROL.matcher(text).find() ? "0x" + hex(bytes, Integer.MAX_VALUE) : text;
        } catch (CharacterCodingException e) {
            return "0x" + hex(bytes, Integer.MAX_VALUE);
        }
    }

    private static String hex(ByteBuffer value, int atMost) {
        byte[] bytes = DeadLetters.bytes(value);
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, atMost));
    }

    /** What came from elsewhere must not drive a terminal. */
    private static String plain(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }
}
