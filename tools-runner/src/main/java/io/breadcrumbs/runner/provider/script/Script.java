package io.breadcrumbs.runner.provider.script;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;

/** A tool whose code is JavaScript; parsed at its first execution, and kept in the engine while the tool is there. */
final class Script implements Executable {

    private final String name;
    private final String code;
    private final Allowance allowance;
    private final Supplier<Sandbox> sandbox;
    private final Workers workers;
    private @Nullable Source source;

    /** What a script sees of its request. */
    private record About(
            String requestId,
            @Nullable String tool,
            String workspace,
            @Nullable String runId,
            @Nullable String stepId,
            int attempt,
            String idempotencyKey,
            String deadline) {}

    Script(String name, String code, Allowance allowance, Supplier<Sandbox> sandbox, Workers workers) {
        this.name = name;
        this.code = code;
        this.allowance = allowance;
        this.sandbox = sandbox;
        this.workers = workers;
    }

    @Override
    public String execute(JsonNode input, ToolContext context) throws ToolFailure, InterruptedException {
        Run.Given given = new Run.Given(input.toString(), Values.write(about(context)), new Chatter(context)::line);
        String output = workers.call(new Run(sandbox, this::source, given), allowance);
        if (output.length() > allowance.outputBytes()
                || output.getBytes(StandardCharsets.UTF_8).length > allowance.outputBytes()) {
            throw ToolFailure.limit(
                    "OUTPUT_TOO_LARGE", "expected an output of up to " + allowance.outputBytes() + " bytes, got more");
        }
        return output;
    }

    /** The engine forgets what it has parsed when nobody holds the source any more. */
    private synchronized Source source() {
        if (source == null) {
            source = Sandbox.source(name + ".js", code);
        }
        return source;
    }

    private static About about(ToolContext context) {
        ToolRequest request = context.request();
        return new About(
                request.getRequestId(),
                request.getTool(),
                request.getMeta().getWorkspace(),
                request.getRunId(),
                request.getStepId(),
                request.getAttempt(),
                context.idempotencyKey(),
                context.deadline().toString());
    }
}
