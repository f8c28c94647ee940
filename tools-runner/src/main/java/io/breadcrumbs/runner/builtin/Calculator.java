package io.breadcrumbs.runner.builtin;

import io.breadcrumbs.runner.builtin.expression.Expression;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Calculates. Nothing of an expression is ever executed as code. */
public final class Calculator implements Tool<Calculator.Input, Calculator.Output> {

    private static final BigDecimal LARGE = new BigDecimal("1E21");
    private static final BigDecimal SMALL = new BigDecimal("1E-6");

    static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "calculator",
                    "Calculates an arithmetic expression exactly where decimals allow it: + - * / % ^, parentheses,"
                            + " pi, e, and functions such as sqrt, abs, min, max, round, floor, ceil, sin, cos, tan,"
                            + " ln, log10 and exp. Angles are in radians.",
                    Input.class,
                    Output.class)
            .effects(SideEffects.NONE)
            .examples("""
                    {"input": {"expression": "(1500 + 3.5) * 2"}, "output": {\
                    "result": 3007, "expression": "(1500 + 3.5) * 2", "formatted": "3,007"}}""", """
                    {"input": {"expression": "0.1 + 0.2"}, "output": {\
                    "result": 0.3, "expression": "0.1 + 0.2", "formatted": "0.3"}}""");

    record Input(
            @Describe("The expression, such as 2 * (3 + 4) ^ 2 or max(1, sqrt(2)).")
            String expression) {}

    record Output(
            @Describe("The value.") BigDecimal result,
            @Describe("The expression, as it was given.") String expression,

            @Describe("The value for people: thousands apart, ten decimals at most.")
            String formatted) {}

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure {
        BigDecimal result = Expression.evaluate(input.expression());
        return new Output(result, input.expression(), formatted(result));
    }

    private static String formatted(BigDecimal value) {
        BigDecimal size = value.abs();
        boolean plain = value.signum() == 0 || (size.compareTo(SMALL) >= 0 && size.compareTo(LARGE) < 0);
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        return new DecimalFormat(plain ? "#,##0.##########" : "0.##########E0", symbols).format(value);
    }
}
