package io.breadcrumbs.runner.builtin.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "42; 42",
                " 1+2*3 ; 7",
                "(1+2)*3; 9",
                "10 - 4 - 3; 3",
                "100 / 10 / 5; 2",
                "7 % 4; 3",
                "-7 % 4; -3",
                "7.5 % 2; 1.5",
                "-2^2; -4",
                "(-2)^2; 4",
                "2^3^2; 512",
                "2^-2; 0.25",
                "2*-3; -6",
                "--3; 3",
                "-+-3; 3",
                ".5 + 1.; 1.5",
                "1e3 + 2.5E-1; 1000.25",
                "0^0; 1",
                "0^2; 0",
                "9 ^ 0.5; 3"
            })
    void shouldKnowTheRulesOfArithmetic(String expression, String value) throws Exception {
        assertThat(Expression.evaluate(expression)).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0.1 + 0.2; 0.3",
                "1.1 * 1.1; 1.21",
                "1 / 8; 0.125",
                "1 / 3 * 3; 1",
                "sqrt(2) ^ 2; 2",
                "123456789012345678901234567890 + 1; 123456789012345678901234567891",
                "2 ^ 200; 1606938044258990275541962092341162602522202993782792835301376",
                "1 / 3; 0.3333333333333333333333333333333333",
                "1e300 + 1e-300 - 1e300; 0"
            })
    void shouldBeExactWhereDecimalsAre(String expression, String value) throws Exception {
        assertThat(Expression.evaluate(expression)).isEqualTo(new BigDecimal(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sqrt(16); 4",
                "abs(-3.5); 3.5",
                "min(3, 1, 2); 1",
                "max(3); 3",
                "max(1, 2 + 3, (4)); 5",
                "round(2.5); 3",
                "round(-2.5); -3",
                "round(2.345, 2); 2.35",
                "round(1234, -2); 1200",
                "floor(-1.2); -2",
                "ceil(1.2); 2",
                "pow(2, 10); 1024",
                "sin(pi); 0",
                "sin(pi / 6); 0.5",
                "cos(0); 1",
                "tan(pi / 4); 1",
                "ln(e); 1",
                "log10(1000); 3",
                "log2(8); 3",
                "exp(0); 1",
                "atan(0) + acos(1); 0",
                "SQRT(Pi ^ 2) - PI; 0",
                "floor(pi * 1e10); 31415926535",
                "floor(e * 1e10); 27182818284"
            })
    void shouldKnowFunctions(String expression, String value) throws Exception {
        assertThat(Expression.evaluate(expression)).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 1; got the end",
                "1 +; 4; got the end",
                "1 + * 2; 5; got '*'",
                "(1 + 2; 7; expected ')'",
                "1 + 2); 6; got ')'",
                "1 2; 3; got '2'",
                "2 $ 3; 3; got '$'",
                "1 + √2; 5; got '√'",
                "2pi; 2; got 'pi'",
                "x + 1; 1; got 'x'",
                "system(1); 1; got 'system'",
                "sqrt 2; 1; expected '('",
                "pi(1); 1; got 'pi'",
                "sqrt(1, 2); 1; 1 value",
                "sqrt(); 1; 1 value",
                "min(); 1; 1 or more values",
                "round(1, 2, 3); 1; 1 or 2 values",
                "round(1, 0.5); 1; whole number",
                "round(1, 999); 1; up to 300",
                "max(1,); 7; got ')'",
                "5 + 1 / 0; 7; division by zero",
                "1 % (2 - 2); 3; division by zero",
                "0 ^ -1; 3; division by zero",
                "sqrt(-1); 1; negative",
                "(-8) ^ 0.5; 6; no value",
                "ln(0); 1; above 0",
                "asin(2); 1; no value",
                "tan(pi / 2); 1; no value",
                "1e400; 1; beyond 10^308",
                "1e99999999999; 1; beyond 10^308",
                "1e200 * 1e200; 7; beyond 10^308",
                "1e-200 * 1e-200; 8; closer to zero",
                "exp(1000); 1; beyond 10^308",
                "0.5 ^ 1e10; 5; closer to zero"
            })
    void shouldSayWhatIsWrongAndWhere(String expression, int at, String what) {
        assertThatThrownBy(() -> Expression.evaluate(expression))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("at character " + at + ":")
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource({
        "9^9^9^9",
        "9^9^9",
        "1.0000001^999999999^999999999",
        "1e308^999999999",
        "1e-308^999999999",
        "1e308^-999999999",
        "99999999999^99999999999"
    })
    void shouldRefuseTowersOfPowersAtOnce(String expression) {
        assertThatThrownBy(() -> Expression.evaluate(expression))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("10^");
    }

    @Test
    void shouldBoundLengthAndNesting() throws Exception {
        assertThat(Expression.evaluate("(".repeat(99) + "1" + ")".repeat(99))).isEqualByComparingTo("1");
        assertThatThrownBy(() -> Expression.evaluate("(".repeat(100) + "1" + ")".repeat(100)))
                .hasMessageContaining("at character 101")
                .hasMessageContaining("nesting");
        assertThatThrownBy(() -> Expression.evaluate("-".repeat(500) + "1")).hasMessageContaining("nesting");
        assertThatThrownBy(() -> Expression.evaluate("1" + "^1".repeat(200))).hasMessageContaining("nesting");
        assertThatThrownBy(() -> Expression.evaluate("1" + "+1".repeat(500))).hasMessageContaining("1000 characters");
    }

    @Test
    void shouldEndForWhateverCharacters() {
        String alphabet = "0123456789.eE+-*/%^(), pisqrtmaxd_\n$";
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder expression = new StringBuilder();
            random.ints(1 + random.nextInt(20), 0, alphabet.length())
                    .forEach(c -> expression.append(alphabet.charAt(c)));
            try {
                assertThat(Expression.evaluate(expression.toString())).isNotNull();
            } catch (ToolFailure failure) {
                assertThat(failure).hasMessageContaining("at character ");
            }
        }
    }
}
