package io.breadcrumbs.runner.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with gaps: {@code {field}} or {@code {field.below}} from the input, <code>${secret:NAME}</code>, and <code>
 * ${idempotencyKey}</code>.
 */
record Template(List<Piece> pieces) {

    private static final Pattern GAP =
            Pattern.compile("\\$\\{(?:secret:([A-Za-z0-9_.-]+)|(idempotencyKey))\\}|\\{([A-Za-z0-9_.-]+)\\}");

    Template {
        pieces = List.copyOf(pieces);
    }

    /** A part of a template. */
    sealed interface Piece {

        /** What stands there as it is. */
        record Text(String text) implements Piece {}

        /** A field of the input. */
        record Field(String path) implements Piece {}

        /** A secret by its name. */
        record Secret(String name) implements Piece {}

        /** The request's idempotency key. */
        record Key() implements Piece {}
    }

    /** How a field's value is written into the text. */
    @FunctionalInterface
    interface Writing {
        String write(String field, String value) throws ToolFailure;
    }

    static Template of(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher gap = GAP.matcher(text);
        int from = 0;
        while (gap.find()) {
            if (gap.start() > from) {
                pieces.add(new Piece.Text(text.substring(from, gap.start())));
            }
            pieces.add(piece(gap));
            from = gap.end();
        }
        if (from < text.length()) {
            pieces.add(new Piece.Text(text.substring(from)));
        }
        return new Template(pieces);
    }

    private static Piece piece(Matcher gap) {
        String secret = gap.group(1);
        if (secret != null) {
            return new Piece.Secret(secret);
        }
        String field = gap.group(3);
        return field == null ? new Piece.Key() : new Piece.Field(field);
    }

    boolean hasSecret() {
        return pieces.stream().anyMatch(Piece.Secret.class::isInstance);
    }

    /** The path of the field that the whole template is; null if it is more or less than one field. */
    @Nullable
    String field() {
        return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Field(String path) ? path : null;
    }

    /** The text with its gaps filled; fails with the field that the input lacks. */
    String fill(JsonNode input, ToolContext context, Writing writing) throws ToolFailure {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(
                    switch (piece) {
                        case Piece.Text(String plain) -> plain;
                        case Piece.Field(String path) -> writing.write(path, text(path, input));
                        case Piece.Secret(String name) -> context.secret(name);
                        case Piece.Key() -> context.idempotencyKey();
                    });
        }
        return text.toString();
    }

    private static String text(String path, JsonNode input) throws ToolFailure {
        JsonNode value = value(path, input);
        if (value == null) {
            throw ToolFailure.invalid(path, "expected a value: the request to send needs it");
        }
        return text(value);
    }

    static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** The value of a field; null if the input has none, or null. */
    static @Nullable JsonNode value(String path, JsonNode input) {
        JsonNode value = input;
        for (String part : path.split("\\.", -1)) {
            value = value.path(part);
        }
        return value.isMissingNode() || value.isNull() ? null : value;
    }
}
