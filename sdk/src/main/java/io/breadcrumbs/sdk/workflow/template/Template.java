package io.breadcrumbs.sdk.workflow.template;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonPlace;
import java.util.Collections;
import java.util.Set;

/**
 * A value whose strings may refer to other values: to the output of a step as {@code {step.output.field[0]}} or
 * {@code ${step.field[0]}}, to the run's input as {@code {input.field}}. The names of fields are no templates.
 */
public final class Template {

    private final Json source;
    private final Node node;
    private final Set<String> roots;

    private Template(Json source, Node node, Set<String> roots) {
        this.source = source;
        this.node = node;
        this.roots = Collections.unmodifiableSet(roots);
    }

    /**
     * The template that a value is.
     *
     * @param known the roots that it may refer to: steps, {@code input} and so on
     * @throws TemplateException if a reference cannot be understood, or its root is not known
     */
    public static Template of(Json value, Set<String> known) throws TemplateException {
        TemplateParser parser = new TemplateParser(known);
        Node node = parser.node(value, JsonPlace.WHOLE);
        if (!parser.faults.isEmpty()) {
            throw new TemplateException(parser.faults);
        }
        return new Template(value, node, parser.roots);
    }

    /** The template that gives this very value: braces in it are text. */
    public static Template constant(Json value) {
        return new Template(value, new Node.Constant(value), Set.of());
    }

    /** The value that it was made of. */
    public Json source() {
        return source;
    }

    /** The roots that it refers to. */
    public Set<String> roots() {
        return roots;
    }

    /**
     * The value with everything in place that it refers to, exactly as that is.
     *
     * @throws MissingValueException if a reference has no value
     */
    public Json resolve(Scope scope) throws MissingValueException {
        return node.resolve(scope, new Room());
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
