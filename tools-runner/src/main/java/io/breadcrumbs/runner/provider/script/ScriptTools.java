package io.breadcrumbs.runner.provider.script;

import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.Provider;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import org.jspecify.annotations.Nullable;

/**
 * Tools that are JavaScript: their definition's source is {@code {"code": "function execute(input, context) {…}"}}. The
 * function gets the request's input, and of the request its ids, attempt, idempotency key and deadline; it gives back
 * what is to be the output, or a promise of it. {@code console.log} tells progress. See {@link Sandbox} for what a
 * script may do. Any thread.
 */
public final class ScriptTools implements Provider {

    private final ScriptSettings settings;
    private final Workers workers;
    private @Nullable Sandbox sandbox;

    /** What a definition's source says, as it stands there. */
    record Source(@Nullable String code) {}

    public ScriptTools(ScriptSettings settings) {
        this(settings, Heap.ofMachine());
    }

    ScriptTools(ScriptSettings settings, Heap heap) {
        this.settings = settings;
        this.workers = new Workers(settings.atOnce(), heap);
    }

    @Override
    public ToolKind kind() {
        return ToolKind.SCRIPT;
    }

    @Override
    public Executable prepare(ToolDefinition definition) throws ToolFailure {
        return new Script(
                definition.getName(),
                code(definition.getSource()),
                Allowance.of(settings, definition.getLimits()),
                this::sandbox,
                workers);
    }

    private static String code(@Nullable String source) throws ToolFailure {
        String code = source == null ? null : Values.read(source, Source.class).code;
        if (code == null || code.isBlank()) {
            throw ToolFailure.invalid(
                    "source.code", "expected {\"code\": \"function execute(input, context) {…}\"}, got no code");
        }
        return code;
    }

    /** Made for the first execution, on a worker: before that, nothing of GraalVM is loaded. */
    private synchronized Sandbox sandbox() {
        if (sandbox == null) {
            sandbox = new Sandbox(settings.statements());
        }
        return sandbox;
    }
}
