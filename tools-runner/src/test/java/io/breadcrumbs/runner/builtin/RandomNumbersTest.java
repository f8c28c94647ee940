package io.breadcrumbs.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.testkit.tool.ToolTrial;
import io.breadcrumbs.sdk.tool.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomNumbersTest {

    private final ToolTrial<?, ?> random = ToolTrial.of(new RandomNumbers(new Random(1)));

    private List<Long> draw(String input) throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : Values.parse(random.run(input)).get("numbers")) {
            numbers.add(number.longValue());
        }
        return numbers;
    }

    @Test
    void shouldDrawBothEnds() throws Exception {
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            drawn.addAll(draw("{\"min\": -1, \"max\": 1, \"count\": 10}"));
        }

        assertThat(drawn).hasSize(300).containsOnly(-1L, 0L, 1L);
    }

    @Test
    void shouldDrawOneFromZeroToAHundredUnlessTold() throws Exception {
        List<Long> drawn = IntStream.range(0, 1000)
                .mapToObj(_ -> {
                    try {
                        return draw("{}");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .peek(numbers -> assertThat(numbers).hasSize(1))
                .flatMap(List::stream)
                .toList();

        assertThat(drawn).allSatisfy(number -> assertThat(number).isBetween(0L, 100L));
        assertThat(drawn).contains(0L, 100L);
    }

    @Test
    void shouldDrawTheOnlyNumberThereIs() throws Exception {
        assertThat(draw("{\"min\": 9007199254740992, \"max\": 9007199254740992}"))
                .containsExactly(9007199254740992L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"min\": 5, \"max\": 4}; min",
                "{\"min\": 101}; min",
                "{\"max\": -1}; max",
                "{\"count\": 0}; count",
                "{\"count\": 11}; count",
                "{\"count\": \"two\"}; count",
                "{\"min\": 0.5}; min",
                "{\"max\": 9007199254740993}; max",
                "{\"min\": -9223372036854775808}; min"
            })
    void shouldNameTheFieldThatIsWrong(String input, String field) throws Exception {
        assertThat(random.failure(input).toError().getField()).isEqualTo(field);
    }
}
