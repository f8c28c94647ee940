package io.breadcrumbs.runner.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.burt.jmespath.JmesPathException;

/** Picks and reshapes JSON by a JMESPath expression, as far as its fuel goes. */
public final class JsonTransform implements Tool<JsonTransform.Input, JsonTransform.Output> {

    private static final int CHARACTERS_AT_MOST = 2_000;

    /** Deeper expressions exhaust the stack of who reads them. */
    private static final int NESTING_AT_MOST = 50;

    /** Values that may be touched: well under a second of work. */
    private static final long FUEL = 5_000_000;

    private static final long RESULT_AT_MOST = 500_000;

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "json_transform",
                    "Picks and reshapes JSON data by a JMESPath expression (jmespath.org).",
                    Input.class,
                    Output.class)
            .effects(SideEffects.NONE)
            .examples("""
                    {"input": {"expression": "people[?age > `30`].{name: name, city: address.city}", "data": {"people": [\
                    {"name": "Ada", "age": 36, "address": {"city": "London"}}, {"name": "Tim", "age": 8}]}}, \
                    "output": {"result": [{"name": "Ada", "city": "London"}]}}""");

    record Input(
            @Describe("JMESPath, such as items[?price > `10`].name or {total: sum(items[].price)}.")
            String expression,

            @Describe("The JSON that it is applied to.") JsonNode data) {}

    record Output(
            @Describe("What the expression picks; null if there is nothing.")
            JsonNode result) {}

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure, InterruptedException {
        String expression = input.expression();
        demandModest(expression);
        MeteredPaths paths = new MeteredPaths(FUEL);
        try {
            JsonNode result = paths.compile(expression).search(input.data());
            if (paths.weight(result) > RESULT_AT_MOST) {
                throw ToolFailure.limit(
                        "OUTPUT_TOO_LARGE", "expected a result of up to " + RESULT_AT_MOST + " values, got more");
            }
            return new Output(result);
        } catch (MeteredPaths.OutOfFuelException e) {
            throw ToolFailure.invalid(
                    "expression", "expected one that touches up to " + FUEL + " values of its data, got one with more");
        } catch (MeteredPaths.StoppedException e) {
            throw new InterruptedException("the execution was stopped");
        } catch (JmesPathException | NumberFormatException e) {
            throw ToolFailure.invalid("expression", "expected JMESPath, got '" + expression + "': " + e.getMessage());
        }
    }

    private static void demandModest(String expression) throws ToolFailure {
        if (expression.length() > CHARACTERS_AT_MOST) {
            throw ToolFailure.invalid(
                    "expression", "expected up to " + CHARACTERS_AT_MOST + " characters, got " + expression.length());
        }
        int nesting = 0;
        int prefixes = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            prefixes = c == '!' || c == '&' ? prefixes + 1 : 0;
            nesting += switch (c) {
                case '(', '[', '{' -> 1;
                case ')', ']', '}' -> -1;
                default -> 0;
            };
            if (nesting + prefixes > NESTING_AT_MOST) {
                throw ToolFailure.invalid(
                        "expression",
                        "at character " + (i + 1) + ": expected up to " + NESTING_AT_MOST + " levels of nesting");
            }
        }
    }
}
