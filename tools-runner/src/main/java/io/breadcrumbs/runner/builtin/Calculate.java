package io.breadcrumbs.runner.builtin;

import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;

/** The calculator under the other name that agents know it by. */
public final class Calculate implements Tool<Calculator.Input, Calculator.Output> {

    private static final ToolSpec<Calculator.Input, Calculator.Output> SPEC = Calculator.SPEC.named("calculate");

    private final Calculator calculator = new Calculator();

    @Override
    public ToolSpec<Calculator.Input, Calculator.Output> spec() {
        return SPEC;
    }

    @Override
    public Calculator.Output execute(Calculator.Input input, ToolContext context) throws ToolFailure {
        return calculator.execute(input, context);
    }
}
