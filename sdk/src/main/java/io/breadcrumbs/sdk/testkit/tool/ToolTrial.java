package io.breadcrumbs.sdk.testkit.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.Values;

/**
 * Runs a tool as a runner does, with documents in and out: the input is checked against the tool's schema, and so is
 * the output, which a runner leaves to the tool. What the tool told, asked and published is in {@link #context()}.
 */
public final class ToolTrial<I, O> {

    private final Tool<I, O> tool;
    private final ToolSpec<I, O> spec;
    private final TrialContext context;

    private ToolTrial(Tool<I, O> tool) {
        this.tool = tool;
        this.spec = tool.spec();
        this.context = new TrialContext(spec.name(), spec.bounds().timeout());
    }

    public static <I, O> ToolTrial<I, O> of(Tool<I, O> tool) {
        return new ToolTrial<>(tool);
    }

    /** From now on, questions to another tool are answered so. */
    public ToolTrial<I, O> answering(String other, Reply reply) {
        context.answering(other, reply);
        return this;
    }

    /** From now on, the tool may read this secret. */
    public ToolTrial<I, O> secret(String name, String value) {
        context.secret(name, value);
        return this;
    }

    /** What the tool sees, and has done. */
    public TrialContext context() {
        return context;
    }

    /**
     * Runs the tool once.
     *
     * @return its output, a JSON document
     * @throws ToolFailure if the input is not of the tool's schema, or the tool foresees a failure
     * @throws AssertionError if the output is not of the tool's schema
     */
    public String run(String input) throws Exception {
        JsonNode document = Values.parse(input);
        JsonShape.of(spec.schemas().input()).check(document);
        String output;
        try {
            output = Values.write(tool.execute(Values.read(document, spec.input()), context));
        } finally {
            context.end();
        }
        demandShape(output);
        return output;
    }

    private void demandShape(String output) throws ToolFailure {
        JsonShape shape = JsonShape.of(spec.schemas().output());
        try {
            shape.check(Values.parse(output));
        } catch (ToolFailure failure) {
            throw new AssertionError(
                    "tool '" + spec.name() + "': expected an output of its schema, got " + output + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    /**
     * Runs the tool once, and expects that it fails.
     *
     * @return the failure that becomes the answer
     * @throws AssertionError if the tool does not fail
     */
    public ToolFailure failure(String input) throws Exception {
        String output;
        try {
            output = run(input);
        } catch (ToolFailure failure) {
            return failure;
        }
        throw new AssertionError("tool '" + spec.name() + "': expected a failure, got " + output);
    }
}
