package io.breadcrumbs.sdk.operate;

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
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Letters as programs read them. Bytes are shown as text where they are text, else in hexadecimal. */
public final class LetterJson {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private LetterJson() {}

    /** A letter of a list, without its bytes. */
    public static ObjectNode of(Letter letter) {
        ObjectNode node = of(letter.id(), letter.about());
        return node.put("valueBytes", letter.valueBytes());
    }

    /**
     * A letter with all that it holds.
     *
     * @param decoded its value, if that could be decoded
     */
    public static ObjectNode of(String id, DeadLetter letter, Optional<JsonNode> decoded) {
        ObjectNode node = of(id, letter).put("key", text(letter.getKey()));
        ArrayNode headers = node.putArray("headers");
        for (Header header : letter.getHeaders()) {
            headers.addObject().put("name", header.getName()).put("value", text(header.getValue()));
        }
        ByteBuffer value = letter.getValue();
        node.put("valueBytes", value == null ? null : value.remaining());
        if (decoded.isPresent()) {
            node.set("value", decoded.get());
        } else {
            node.put("valueHex", value == null ? null : hex(value));
        }
        return node;
    }

    private static ObjectNode of(String id, DeadLetter letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("code", letter.getCode())
                .put("message", letter.getMessage())
                .put("topic", letter.getTopic())
                .put("partition", letter.getPartition())
                .put("offset", letter.getOffset())
                .put("failedAt", Instant.ofEpochMilli(letter.getFailedAtMs()).toString())
                .put("failedBy", letter.getFailedBy())
                .put("attempts", letter.getAttempts());
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
            return CONTROL.matcher(text).find() ? "0x" + hex(bytes) : text;
        } catch (CharacterCodingException e) {
            return "0x" + hex(bytes);
        }
    }

    private static String hex(ByteBuffer value) {
        return HexFormat.of().formatHex(DeadLetters.bytes(value));
    }
}
