package io.breadcrumbs.sdk.testkit.tool;

import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;

/** A whole tool. */
final class Greet implements Tool<Greet.Input, Greet.Output> {

    record Input(@Describe("Whom to greet.") String name) {}

    record Output(@Describe("The greeting.") String greeting) {}

    @Override
    public ToolSpec<Input, Output> spec() {
        return ToolSpec.of("greet", "Greets somebody.", Input.class, Output.class);
    }

    @Override
    public Output execute(Input input, ToolContext context) {
        context.progress("thinking of " + input.name());
        return new Output("Hello, " + input.name() + "!");
    }
}
