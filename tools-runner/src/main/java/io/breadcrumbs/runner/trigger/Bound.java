package io.breadcrumbs.runner.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.schemas.MissedTicks;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.schemas.Trigger;
import io.breadcrumbs.sdk.schedule.Cron;
import io.breadcrumbs.sdk.selector.Selection;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import org.jspecify.annotations.Nullable;

/** A trigger that is known to be sound, and its tool. */
sealed interface Bound {

    Entry tool();

    String name();

    /** The input of its requests; whoever adds to it takes a copy. */
    ObjectNode input();

    /** Asks when a breadcrumb is selected. */
    record Selecting(Entry tool, String name, ObjectNode input, Selection selection) implements Bound {}

    /** Asks by the clock. */
    record Ticking(Entry tool, String name, ObjectNode input, Cron schedule, boolean catchesUp) implements Bound {}

    /** Asks once at the start, smaller priorities first. */
    record Starting(Entry tool, String name, ObjectNode input, int priority) implements Bound {}

    /** Asks again whenever an execution has ended. */
    record Lasting(Entry tool, String name, ObjectNode input) implements Bound {}

    /** What tells it from all others of the catalogue. */
    default String key() {
        return Fired.key(tool().definition().getName(), name());
    }

    /**
     * What a definition says.
     *
     * @throws IllegalArgumentException with what is wrong with the trigger
     */
    static Bound of(Entry tool, Trigger said) {
        if (said.getName().isBlank() || said.getName().contains("/")) {
            throw new IllegalArgumentException("name: expected one without '/', got '" + said.getName() + "'");
        }
        ObjectNode input = input(said);
        return switch (said.getKind()) {
            case SELECTOR -> new Selecting(tool, said.getName(), input, selection(said.getSelector()));
            case CRON -> {
                String cron = said.getCron();
                if (cron == null) {
                    throw new IllegalArgumentException("cron: expected an expression, got none");
                }
                yield new Ticking(
                        tool,
                        said.getName(),
                        input,
                        Cron.of(cron, said.getTimeZone()),
                        said.getMissed() == MissedTicks.ONCE);
            }
            case BOOTSTRAP -> new Starting(tool, said.getName(), input, said.getPriority());
            case CONTINUOUS -> new Lasting(tool, said.getName(), input);
            case UNKNOWN -> throw new IllegalArgumentException("kind: this runner does not know it");
        };
    }

    /** One that says nothing would select everything, which nobody means who publishes a trigger. */
    private static Selection selection(@Nullable Selector said) {
        if (said == null) {
            throw new IllegalArgumentException("selector: expected one, got none");
        }
        Selection selection = Selection.of(said);
        if (selection.selectsEverything()) {
            throw new IllegalArgumentException("selector: expected tags, a schema name or a context, got nothing");
        }
        return selection;
    }

    private static ObjectNode input(Trigger said) {
        try {
            if (Values.parse(said.getInput()) instanceof ObjectNode object) {
                return object;
            }
        } catch (ToolFailure e) {
            throw new IllegalArgumentException("input: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("input: expected a JSON object, got " + said.getInput());
    }
}
