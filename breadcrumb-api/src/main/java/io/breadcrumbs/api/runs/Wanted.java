package io.breadcrumbs.api.runs;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.sdk.journal.Forks;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import org.jspecify.annotations.Nullable;

/**
 * What makes a start the same as another one under the same id, in the same workspace.
 *
 * @param definition of the workflow, JSON
 * @param input of the run, JSON
 * @param fork where it is forked from; null: it is not
 */
record Wanted(String workspace, String definition, String input, Event.@Nullable Fork fork) {

    private static final String NOTHING_GIVEN = "{}";

    /** Whether a run that has begun is this one. */
    boolean is(String where, Event.Started started) {
        return is(
                where,
                started.source(),
                started.input().toString(),
                started.origin().fork());
    }

    /** Whether a start that nobody has decided about is this one. */
    boolean is(WorkflowCommand start) {
        String source = start.getDefinition();
        String given = start.getPayload();
        return source != null
                && is(
                        start.getMeta().getWorkspace(),
                        source,
                        given == null ? NOTHING_GIVEN : given,
                        Forks.event(start.getFork()));
    }

    private boolean is(String where, String source, String given, Event.@Nullable Fork from) {
        return where.equals(workspace) && same(source, definition) && same(given, input) && same(from, fork);
    }

    private static boolean same(Event.@Nullable Fork one, Event.@Nullable Fork other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.runId().equals(other.runId())
                && one.step().equals(other.step())
                && same(text(one.input()), text(other.input()));
    }

    private static String text(@Nullable Value value) {
        return value == null ? "" : value.toString();
    }

    /** However it is written. */
    private static boolean same(String one, String other) {
        return one.equals(other) || Value.of(one).json().equals(Value.of(other).json());
    }
}
