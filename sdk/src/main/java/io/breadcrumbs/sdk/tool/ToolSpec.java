package io.breadcrumbs.sdk.tool;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a tool says of itself.
 *
 * @param schemas JSON Schema of input and output; derived from their records unless given
 * @param triggers when it is asked for without anybody asking
 */
public record ToolSpec<I, O>(
        String name,
        String version,
        String description,
        Class<I> input,
        Class<O> output,
        Bounds bounds,
        Schemas schemas,
        List<Trigger> triggers) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9._-]{1,32}");

    /**
     * How a tool may be executed.
     *
     * @param timeout after which an execution is stopped
     * @param concurrency executions at once on one runner, without those that wait; 0: the runner's own bound
     * @param effects what a second execution would do
     * @param pool whose runners have the tool
     */
    public record Bounds(Duration timeout, int concurrency, SideEffects effects, String pool) {

        /** Ten seconds, no bound of its own, idempotent, in the default pool. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(10), 0, SideEffects.IDEMPOTENT, "default");

        public Bounds {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout: expected more than 0, got " + timeout);
            }
            if (concurrency < 0) {
                throw new IllegalArgumentException("concurrency: expected 0 or more, got " + concurrency);
            }
        }
    }

    /**
     * JSON Schema of input and output, and examples of both.
     *
     * @param examples JSON documents, each with {@code input} and {@code output}
     */
    public record Schemas(String input, String output, List<String> examples) {

        public Schemas {
            examples = List.copyOf(examples);
        }
    }

    public ToolSpec {
        triggers = List.copyOf(triggers);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: expected a letter, then up to 63 letters, digits, '_', '.' or '-', got '" + name + "'");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "version: expected up to 32 letters, digits, '_', '.' or '-', got '" + version + "'");
        }
    }

    /** A tool of version 1 with the default bounds, and the schemas that its records give. */
    public static <I, O> ToolSpec<I, O> of(String name, String description, Class<I> input, Class<O> output) {
        return new ToolSpec<>(
                name,
                "1",
                description,
                input,
                output,
                Bounds.DEFAULT,
                new Schemas(RecordSchema.of(input), RecordSchema.of(output), List.of()),
                List.of());
    }

    /** The same tool under another name. */
    public ToolSpec<I, O> named(String other) {
        return new ToolSpec<>(other, version, description, input, output, bounds, schemas, triggers);
    }

    public ToolSpec<I, O> version(String other) {
        return new ToolSpec<>(name, other, description, input, output, bounds, schemas, triggers);
    }

    public ToolSpec<I, O> timeout(Duration other) {
        return with(new Bounds(other, bounds.concurrency, bounds.effects, bounds.pool));
    }

    public ToolSpec<I, O> concurrency(int other) {
        return with(new Bounds(bounds.timeout, other, bounds.effects, bounds.pool));
    }

    public ToolSpec<I, O> effects(SideEffects other) {
        return with(new Bounds(bounds.timeout, bounds.concurrency, other, bounds.pool));
    }

    public ToolSpec<I, O> pool(String other) {
        return with(new Bounds(bounds.timeout, bounds.concurrency, bounds.effects, other));
    }

    private ToolSpec<I, O> with(Bounds other) {
        return new ToolSpec<>(name, version, description, input, output, other, schemas, triggers);
    }

    /** The same tool with a JSON Schema of its own for the input. */
    public ToolSpec<I, O> inputSchema(String schema) {
        return with(new Schemas(schema, schemas.output, schemas.examples));
    }

    public ToolSpec<I, O> examples(String... documents) {
        return with(new Schemas(schemas.input, schemas.output, List.of(documents)));
    }

    /** Asked for without anybody asking, see {@link When}; the names of triggers are unique in their tool. */
    public ToolSpec<I, O> when(Trigger... others) {
        return new ToolSpec<>(name, version, description, input, output, bounds, schemas, List.of(others));
    }

    private ToolSpec<I, O> with(Schemas other) {
        return new ToolSpec<>(name, version, description, input, output, bounds, other, triggers);
    }
}
