package io.breadcrumbs.runner.builtin;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;

/** Gives back what it is given: the least that shows that requests are answered. */
public final class Echo implements Tool<Echo.Input, Echo.Output> {

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "echo", "Gives back the message that it is given.", Input.class, Output.class)
            .effects(SideEffects.NONE)
            .examples("""
                    {"input": {"message": "hello"}, "output": {"echo": "hello"}}""");

    record Input(@Describe("What is to be given back.") String message) {}

    record Output(@Describe("The message.") String echo) {}

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) {
        return new Output(input.message());
    }
}
