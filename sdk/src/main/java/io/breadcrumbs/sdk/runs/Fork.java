package io.breadcrumbs.sdk.runs;

import org.jspecify.annotations.Nullable;

/**
 * A run to be forked from another one: it begins with what that one has done, and goes its own way from a step on.
 *
 * @param runId the new run's id, which makes the fork idempotent: a second one changes nothing
 * @param from the run that it is forked from
 * @param step that runs anew, with all that depend on it, directly or not
 * @param definition the workflow, JSON; null: as before
 * @param input of the run, JSON; null: as before
 * @param stepInput what the step gets, JSON, in which nothing is a template; null: what its definition says
 */
public record Fork(
        String runId,
        String from,
        String step,
        @Nullable String definition,
        @Nullable String input,
        @Nullable String stepInput) {

    /** The same again from a step on. */
    public static Fork of(String runId, String from, String step) {
        return new Fork(runId, from, step, null, null, null);
    }
}
