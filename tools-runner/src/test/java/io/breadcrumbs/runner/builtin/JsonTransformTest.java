package io.breadcrumbs.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.testkit.tool.ToolTrial;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTransformTest {

    private static final String DATA = """
            {"items": [{"name": "pen", "price": 2, "tags": ["a", "b"]}, {"name": "ink", "price": 7.5, "tags": ["c"]}],
             "total": 12345678901234567890}""";

    private final ToolTrial<?, ?> transform = ToolTrial.of(new JsonTransform());

    private static String input(String expression, String data) throws ToolFailure {
        return Values.write(new JsonTransform.Input(expression, Values.parse(data)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "items[].name; [\"pen\",\"ink\"]",
                "items[?price > `5`].name | [0]; \"ink\"",
                "items[].tags[]; [\"a\",\"b\",\"c\"]",
                "{first: items[0].name, n: length(items)}; {\"first\":\"pen\",\"n\":2}",
                "sum(items[].price); 9.5",
                "max_by(items, &price).name; \"ink\"",
                "sort_by(items, &name)[].name; [\"ink\",\"pen\"]",
                "join('-', items[].name); \"pen-ink\"",
                "sum([`1`, `2`]); 3",
                "total; 12345678901234567890",
                "nothing.there; null",
                "to_string(items[0].tags); \"[\\\"a\\\",\\\"b\\\"]\"",
                "@.items | length(@); 2"
            })
    void shouldPickAndReshape(String expression, String result) throws Exception {
        JsonNode output = Values.parse(transform.run(input(expression, DATA)));

        assertThat(output.get("result")).isEqualTo(Values.parse(result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"items[", "", "items[?price >", "nope(items)", "length(total)", "sum(items)", "items[::0]"})
    void shouldNameTheFieldOfAWrongExpression(String expression) throws Exception {
        ToolFailure failure = transform.failure(input(expression, DATA));

        assertThat(failure.kind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(failure.toError().getField()).isEqualTo("expression");
    }

    @Test
    void shouldDemandData() throws Exception {
        assertThat(transform.failure("{\"expression\": \"@\"}").toError().getField())
                .isEqualTo("data");
    }

    @Test
    void shouldRunOutOfFuelWhereAnExpressionGrows() throws Exception {
        String lists = "[@, @]" + " | [@, @]".repeat(60);
        String flat = "[@, @] | []" + " | [@, @] | []".repeat(60);
        String texts = "@" + " | join('', [@, @])".repeat(60);
        String told = "[@, @]" + " | [@, @]".repeat(30) + " | to_string(@)";
        String compared = "{a: %s, b: %s} | contains([a], b)".formatted(lists, lists);

        for (String expression : new String[] {lists, flat, texts, told, compared}) {
            assertThat(transform.failure(input(expression, "\"seed\"")))
                    .hasMessageContaining("touches up to 5000000 values");
        }
    }

    @Test
    void shouldRunOutOfFuelWhereDataIsReadAgainAndAgain() throws Exception {
        String many = IntStream.range(0, 3_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(transform.failure(input("@" + " | sort(@)".repeat(199), many)))
                .hasMessageContaining("touches up to");
    }

    @Test
    void shouldBoundTheResult() throws Exception {
        ToolFailure failure = transform.failure(input("[@, @]" + " | [@, @]".repeat(18), "1"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(failure.toError().getCode()).isEqualTo("OUTPUT_TOO_LARGE");
        assertThat(failure.toError().getRetryable()).isFalse();
    }

    @Test
    void shouldTakeManyConditions() throws Exception {
        assertThat(transform.run(input("items[?" + "!nope && ".repeat(60) + "price == `2`].name", DATA)))
                .isEqualTo("{\"result\":[\"pen\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{a:", "!", "&"})
    void shouldBoundNesting(String opening) throws Exception {
        assertThat(transform.failure(input(opening.repeat(400), DATA))).hasMessageContaining("nesting");
    }

    @Test
    void shouldBoundLength() throws Exception {
        assertThat(transform.failure(input("a".repeat(2_001), DATA))).hasMessageContaining("2000 characters");
    }

    @Test
    void shouldEndWhenItIsStopped() {
        assertThatThrownBy(() -> {
                    Thread.currentThread().interrupt();
                    try {
                        transform.run(input("items[].name", DATA));
                    } finally {
                        Thread.interrupted();
                    }
                })
                .isInstanceOf(InterruptedException.class);
    }
}
