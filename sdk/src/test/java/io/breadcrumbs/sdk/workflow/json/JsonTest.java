package io.breadcrumbs.sdk.workflow.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void shouldReadEveryKindOfValue() throws JsonException {
        // When
        Json read = Json.parse(" {\"a\" : [1, -2.50e+3, \"x\", true, false, null], \"b\":{ } ,\n\t\"c\":[ ] }\r\n");

        // Then
        assertThat(read)
                .isEqualTo(JsonObject.builder()
                        .put(
                                "a",
                                Json.array(
                                        Json.of(1),
                                        new JsonNumber("-2.50e+3"),
                                        Json.of("x"),
                                        Json.of(true),
                                        Json.of(false),
                                        Json.nothing()))
                        .put("b", JsonObject.builder().build())
                        .put("c", Json.array())
                        .build())
                .hasToString("{\"a\":[1,-2.50e+3,\"x\",true,false,null],\"b\":{},\"c\":[]}");
    }

    @Test
    void shouldKeepTheOrderOfFields() throws JsonException {
        assertThat(Json.parse("{\"z\":1,\"a\":2,\"m\":3}")).hasToString("{\"z\":1,\"a\":2,\"m\":3}");
    }

    @Test
    void shouldReadEscapesAndSurrogates() throws JsonException {
        // When
        Json read = Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\uD83D\uDE00\\uD83D\"");

        // Then
        assertThat(read)
                .isEqualTo(Json.of("\"\\/\b\f\n\r\t\u00e9\uD83D\uDE00\uD83D\uDE00\uD83D"))
                .as("a pair as it is, half a pair as the escape that UTF-8 leaves alone")
                .hasToString("\"\\\"\\\\/\\b\\f\\n\\r\\t\u00e9\uD83D\uDE00\uD83D\uDE00\\ud83d\"");
    }

    @Test
    void shouldEscapeWhatMayNotStandInAString() {
        assertThat(Json.of("\u0000\u001f\u007f \uDE00\uD83D")).hasToString("\"\\u0000\\u001f\u007f \\ude00\\ud83d\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                  | line 1, column 1: expected a value, got the end of the text",
                "{\"a\":}            | line 1, column 6: expected a value, got '}'",
                "[1 2]               | line 1, column 4: expected ',' or ']', got '2'",
                "{\"a\":1]           | line 1, column 7: expected ',' or '}', got ']'",
                "{\"a\" 1}           | line 1, column 6: expected ':', got '1'",
                "{a:1}               | line 1, column 2: expected the name of a field, got 'a'",
                "{\"a\":1,}          | line 1, column 8: expected the name of a field, got '}'",
                "[1,]                | line 1, column 4: expected a value, got ']'",
                "{\"a\":1,\"a\":2}   | line 1, column 8: expected each field once, got 'a' again",
                "01                  | line 1, column 2: expected the end of the text, got '1'",
                "-                   | line 1, column 2: expected a digit, got the end of the text",
                "1.e3                | line 1, column 3: expected a digit, got 'e'",
                "1e+                 | line 1, column 4: expected a digit, got the end of the text",
                "tru                 | line 1, column 1: expected a value, got 't'",
                "NaN                 | line 1, column 1: expected a value, got 'N'",
                "'a'                 | line 1, column 1: expected a value, got '''",
                "\"a                 | line 1, column 3: expected '\"', got the end of the text",
                "\"\\x\"             | line 1, column 3: expected one of \" \\ / b f n r t u after '\\', got 'x'",
                "\"\\u12g4\"         | line 1, column 6: expected four hexadecimal digits after '\\u', got 'g'",
                "1 // one            | line 1, column 3: expected the end of the text, got '/'",
                "1 2                 | line 1, column 3: expected the end of the text, got '2'",
            })
    void shouldSayWhereAndWhatWasExpected(String text, String message) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(text))
                .withMessage(message);
    }

    @Test
    void shouldCountLinesAndNameWhatCannotBeSeen() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{\n  \"a\": \"x\n\"}"))
                .withMessage("line 2, column 10: expected an escape for a control character, got U+000A")
                .matches(fault -> fault.line() == 2 && fault.column() == 10);
    }

    @Test
    void shouldRefuseWhatIsTooDeepTooLongOrTooPrecise() throws JsonException {
        assertThat(Json.parse("[".repeat(Json.MOST_DEPTH) + "]".repeat(Json.MOST_DEPTH)))
                .as("the bound itself, read, printed and compared")
                .hasToString("[".repeat(Json.MOST_DEPTH) + "]".repeat(Json.MOST_DEPTH));
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .withMessage("line 1, column 201: expected at most 200 levels, got more");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(" ".repeat(Json.MOST_CHARACTERS + 1)))
                .withMessageStartingWith("line 1, column 1: expected at most 25165824 characters, got 25165825");
        for (String number : List.of("1".repeat(1_001), "1e1000000", "1E-00001000000")) {
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> Json.parse(number))
                    .withMessageContaining("expected a number of at most 1000 characters");
        }
        assertThat(Json.parse("[" + "1".repeat(1_000) + ",1e0000999999]")).isInstanceOf(JsonArray.class);
    }

    @Test
    void shouldHandleTheDeepestValuesOnHalfTheUsualStack() throws Exception {
        // Given
        String deepest = "{\"a\":[".repeat(Json.MOST_DEPTH / 2) + "]}".repeat(Json.MOST_DEPTH / 2);
        FutureTask<Boolean> handled = new FutureTask<>(() -> {
            Json one = Json.parse(deepest);
            Json other = Json.parse(deepest);
            return one.equals(other)
                    && one.hashCode() == other.hashCode()
                    && one.toString().equals(deepest);
        });

        // When
        new Thread(null, handled, "half the usual stack", 512 << 10).start();

        // Then
        assertThat(handled.get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "9223372036854775807", "-9223372036854775808", "123"})
    void shouldGiveWholeNumbersAsLongs(String text) {
        JsonNumber number = new JsonNumber(text);
        assertThat(number.isLong()).isTrue();
        assertThat(number.longValue()).isEqualTo(Long.parseLong(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1.0", "1e2", "100000000000000000000000"})
    void shouldKnowWhatIsNoLong(String text) {
        assertThat(new JsonNumber(text).isLong()).isFalse();
        assertThat(new JsonNumber(text).decimal()).isEqualTo(new BigDecimal(text));
        assertThat(new JsonNumber(text).doubleValue()).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void shouldGiveANumberWithoutAFractionAsALongHoweverItIsWritten() {
        assertThat(new JsonNumber("1.0").longValue()).isEqualTo(1);
        assertThat(new JsonNumber("12e2").longValue()).isEqualTo(1_200);
        for (String other : List.of("1.5", "1e999999", "1e-999999", "9223372036854775808")) {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> new JsonNumber(other).longValue());
        }
    }

    @Test
    void shouldMakeNumbersOfWhatIsOneOnly() {
        assertThat(Json.of(1.5)).hasToString("1.5");
        assertThat(Json.of(1e300)).hasToString("1.0E300");
        assertThat(Json.of(new BigDecimal("1.10"))).hasToString("1.10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(Double.NaN))
                .withMessage("text: expected a JSON number, got 'NaN'");
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber(" 1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber("1e1000000"));
    }

    @Test
    void shouldBuildObjects() {
        // Given
        JsonObject.Builder builder = JsonObject.builder()
                .put("a", 1)
                .put("b", "x")
                .put("c", true)
                .putIfPresent("d", (Json) null)
                .putIfPresent("e", (String) null)
                .putIfPresent("f", "y")
                .put("a", Json.object("g", Json.of(2), "h", Json.nothing()));

        // When
        JsonObject built = builder.build();

        // Then
        assertThat(built).hasToString("{\"a\":{\"g\":2,\"h\":null},\"b\":\"x\",\"c\":true,\"f\":\"y\"}");
        assertThat(built.get("b")).isEqualTo(Json.of("x"));
        assertThat(built.get("d")).isNull();
        assertThat(built.size()).isEqualTo(4);
        assertThatIllegalStateException().isThrownBy(() -> builder.put("later", 1));
    }

    @Test
    void shouldNeverChange() throws JsonException {
        // Given
        Map<String, Json> fields = new LinkedHashMap<>(Map.of("a", Json.of(1)));
        List<Json> elements = new ArrayList<>(List.of(Json.of(1)));

        // When
        JsonObject object = new JsonObject(fields);
        JsonArray array = new JsonArray(elements);
        fields.put("b", Json.of(2));
        elements.clear();

        // Then
        assertThat(object).isEqualTo(Json.object("a", Json.of(1))).isEqualTo(Json.parse("{\"a\":1}"));
        assertThat(array).isEqualTo(Json.array(Json.of(1)));
        assertThat(object.hashCode()).isEqualTo(Json.parse("{\"a\":1}").hashCode());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> object.fields().put("c", Json.of(3)));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> object.fields().entrySet().iterator().next().setValue(Json.of(4)));
    }
}
