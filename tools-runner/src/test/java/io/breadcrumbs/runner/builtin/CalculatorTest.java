package io.breadcrumbs.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.testkit.tool.ToolTrial;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalculatorTest {

    private final ToolTrial<?, ?> calculator = ToolTrial.of(new Calculator());

    @Test
    void shouldAnswerWithTheExpressionAndItsValue() throws Exception {
        assertThat(calculator.run("{\"expression\": \"0.1 + 0.2\"}"))
                .isEqualTo("{\"result\":0.3,\"expression\":\"0.1 + 0.2\",\"formatted\":\"0.3\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1000 * 1000; 1,000,000",
                "-1234567.891; -1,234,567.891",
                "2 / 3; 0.6666666667",
                "0; 0",
                "2 ^ 100; 1.2676506002E30",
                "1 / 3e9; 3.3333333333E-10"
            })
    void shouldFormatForPeople(String expression, String formatted) throws Exception {
        JsonNode output = Values.parse(calculator.run(Values.write(new Calculator.Input(expression))));

        assertThat(output.get("formatted").asText()).isEqualTo(formatted);
    }

    @Test
    void shouldWriteWholeNumbersWithoutAnExponent() throws Exception {
        assertThat(calculator.run("{\"expression\": \"10 ^ 20\"}")).startsWith("{\"result\":100000000000000000000,");
    }

    @Test
    void shouldNameTheField() throws Exception {
        ToolFailure failure = calculator.failure("{\"expression\": \"1 +\"}");

        assertThat(failure.kind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(failure.toError().getField()).isEqualTo("expression");
        assertThat(failure).hasMessageContaining("at character 4").hasMessageContaining("got the end");
    }

    @Test
    void shouldHaveAnotherName() throws Exception {
        Calculate calculate = new Calculate();

        assertThat(calculate.spec().name()).isEqualTo("calculate");
        assertThat(ToolTrial.of(calculate).run("{\"expression\": \"6 * 7\"}"))
                .isEqualTo(calculator.run("{\"expression\": \"6 * 7\"}"));
    }
}
