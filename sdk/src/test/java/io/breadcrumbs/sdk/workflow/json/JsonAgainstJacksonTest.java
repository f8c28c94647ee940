package io.breadcrumbs.sdk.workflow.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random documents, whole and damaged: Jackson, which reads the inputs and outputs of tools, must be of one mind. */
class JsonAgainstJacksonTest {

    private static final long SEED = 20_260_101;
    private static final int DOCUMENTS = 20_000;

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Pattern BEYOND_OUR_BOUND = Pattern.compile("[eE][+-]?\\d{7}");

    private final Random random = new Random(SEED);

    @Test
    void shouldReadWholeDocumentsAsJacksonDoesAndPrintThemBack() throws Exception {
        for (int i = 0; i < DOCUMENTS; i++) {
            String document = document(4);
            Json ours = Json.parse(document);
            assertThat(JACKSON.readTree(ours.toString()))
                    .as("document %d: %s", i, document)
                    .isEqualTo(JACKSON.readTree(document));
            assertThat(Json.parse(ours.toString())).as("document %d", i).isEqualTo(ours);
        }
    }

    @Test
    void shouldRefuseWhatJacksonRefusesAndTakeWhatItTakes() {
        int refused = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String document = damaged(document(3));
            if (BEYOND_OUR_BOUND.matcher(document).find()) {
                continue;
            }
            @Nullable JsonNode theirs = jackson(document);
            @Nullable Json ours = ours(document);
            assertThat(ours == null).as("document %d refused: %s", i, document).isEqualTo(theirs == null);
            if (ours == null) {
                refused++;
            } else {
                assertThat(jackson(ours.toString())).isEqualTo(theirs);
            }
        }
        assertThat(refused).isBetween(DOCUMENTS / 4, DOCUMENTS - DOCUMENTS / 20);
    }

    private static @Nullable Json ours(String document) {
        try {
            return Json.parse(document);
        } catch (JsonException e) {
            return null;
        }
    }

    private static @Nullable JsonNode jackson(String document) {
        try {
            JsonNode read = JACKSON.readTree(document);
            return read.isMissingNode() ? null : read;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private String document(int levels) {
        StringBuilder text = new StringBuilder();
        value(text, levels);
        return text.toString();
    }

    private void value(StringBuilder text, int levels) {
        blanks(text);
        switch (random.nextInt(levels == 0 ? 5 : 8)) {
            case 0 -> text.append("null");
            case 1 -> text.append(random.nextBoolean());
            case 2, 3 -> number(text);
            case 4 -> string(text);
            case 5, 6 -> object(text, levels - 1);
            default -> array(text, levels - 1);
        }
        blanks(text);
    }

    private void object(StringBuilder text, int levels) {
        int fields = random.nextInt(5);
        text.append('{');
        for (int i = 0; i < fields; i++) {
            text.append(i == 0 ? "" : ",");
            text.append('"').append(i);
            characters(text, 2);
            text.append('"');
            blanks(text);
            text.append(':');
            value(text, levels);
        }
        text.append('}');
    }

    private void array(StringBuilder text, int levels) {
        int elements = random.nextInt(5);
        text.append('[');
        for (int i = 0; i < elements; i++) {
            text.append(i == 0 ? "" : ",");
            value(text, levels);
        }
        text.append(']');
    }

    private void number(StringBuilder text) {
        text.append(random.nextInt(3) == 0 ? "-" : "");
        text.append(random.nextInt(4) == 0 ? "0" : String.valueOf(random.nextLong(1, Long.MAX_VALUE)));
        if (random.nextInt(3) == 0) {
            text.append('.').append(random.nextInt(100_000));
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E');
            text.append(random.nextBoolean() ? "" : random.nextBoolean() ? "+" : "-");
            text.append(random.nextInt(300));
        }
    }

    private void string(StringBuilder text) {
        text.append('"');
        characters(text, random.nextInt(8));
        text.append('"');
    }

    private void characters(StringBuilder text, int length) {
        String[] parts = {"a", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\ud83d\ude00", "\u20ac"
        };
        for (int i = 0; i < length; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
    }

    private void blanks(StringBuilder text) {
        String[] blanks = {" ", "\n", "\t", "\r"};
        if (random.nextInt(4) == 0) {
            text.append(blanks[random.nextInt(blanks.length)]);
        }
    }

    private String damaged(String document) {
        StringBuilder text = new StringBuilder(document);
        String likely = "{}[]\",:\\0123456789-+.eEtfn \n\u0001";
        int place = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.deleteCharAt(place);
            case 1 -> text.insert(place, likely.charAt(random.nextInt(likely.length())));
            default -> text.setCharAt(place, likely.charAt(random.nextInt(likely.length())));
        }
        return text.toString();
    }
}
