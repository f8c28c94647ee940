package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolSpec;

/** What every step asks for: gives back what it is given, and says what side effects it has. */
record StepTool(SideEffects effects) implements Tool<StepTool.Text, StepTool.Text> {

    static final String NAME = "bench-step";

    record Text(String text) {}

    @Override
    public ToolSpec<Text, Text> spec() {
        return ToolSpec.of(NAME, "Gives back what it is given.", Text.class, Text.class)
                .effects(effects)
                .pool(BenchTopics.TOOLS_POOL);
    }

    @Override
    public Text execute(Text input, ToolContext context) {
        return input;
    }
}
