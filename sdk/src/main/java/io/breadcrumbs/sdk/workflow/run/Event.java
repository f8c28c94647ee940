package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.json.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided about a run. Times are milliseconds since 1970. */
public sealed interface Event {

    /**
     * The run exists.
     *
     * @param source its definition, JSON, which it keeps
     * @param deadline when it fails unless it is over
     * @param given steps that need not run, since the run that it was forked from has been through them
     */
    record Started(
            String source,
            Value input,
            Origin origin,
            @Nullable Long deadline,
            List<Given> given) implements Event {}

    /**
     * A step that need not run.
     *
     * @param output absent: it was left out
     */
    record Given(String step, @Nullable Value output) {}

    /**
     * Where a run comes from.
     *
     * @param name of the run's workflow
     * @param by who started it
     * @param parent the run whose step it is
     * @param depth how many runs are above it
     * @param fork where it was forked from; null: nowhere
     */
    record Origin(
            @Nullable String name,
            @Nullable String by,
            @Nullable Parent parent,
            int depth,
            @Nullable Fork fork) {

        public Origin(@Nullable String name, @Nullable String by, @Nullable Parent parent, int depth) {
            this(name, by, parent, depth, null);
        }
    }

    /**
     * Where a forked run goes its own way.
     *
     * @param runId the run that it was forked from
     * @param step that runs anew, with all that depend on it
     * @param input what the step gets instead of what its definition says; null: what its definition says
     */
    record Fork(String runId, String step, @Nullable Value input) {}

    /**
     * Who waits for a run to end.
     *
     * @param runId the run whose step it is; null: no run waits, but a tool or a client
     * @param requestId the request that the end answers
     */
    record Parent(@Nullable String runId, String requestId) {}

    /** A tool is asked for. */
    record Asked(Place at, int attempt, Request request) implements Event {}

    /**
     * A request for a tool.
     *
     * @param pure whether the tool has no side effects, so that it may run ahead of the journal
     * @param once whether it must not be executed again when nobody knows whether it was
     */
    record Request(
            String id,
            String tool,
            @Nullable String version,
            String pool,
            boolean pure,
            boolean once,
            Value input,
            long deadline) {}

    /** Another run is started. */
    record Called(Place at, int attempt, Child child) implements Event {}

    /** A child run; its workflow is named or given. */
    record Child(
            String requestId,
            String runId,
            @Nullable String name,
            @Nullable String source,
            Value input,
            long deadline) {}

    /** A for-each knows its list. */
    record Opened(String step, Value items) implements Event {}

    /**
     * A step waits for a signal, a time or somebody's decision.
     *
     * @param until when that is over
     * @param about what a signal must carry, or what is to be decided about
     * @param title what somebody is asked; null where nobody is
     */
    record Waits(
            String step,
            long until,
            @Nullable Value about,
            @Nullable String title) implements Event {

        public Waits(String step, long until, @Nullable Value about) {
            this(step, until, about, null);
        }
    }

    /** A choice has taken a branch, counted from 0; -1: none. */
    record Branched(String step, int branch) implements Event {}

    /**
     * It is done.
     *
     * @param output absent for a for-each, whose output are those of its elements
     * @param by who decided, where a person did
     */
    record Completed(
            Place at,
            int attempt,
            @Nullable Value output,
            @Nullable String by) implements Event {}

    /** An attempt failed; the next one begins at {@code retryAt}. */
    record AttemptFailed(Place at, int attempt, RunError error, long retryAt) implements Event {}

    /** It failed for good. */
    record Failed(
            Place at, int attempt, RunError error, @Nullable String by) implements Event {}

    /** A step was left out. */
    record Skipped(String step) implements Event {}

    /** A step cannot run, since one that it needs has failed. */
    record Blocked(String step) implements Event {}

    /** A signal came; it is kept until a step waits for it. */
    record Signalled(
            String name,
            @Nullable Value about,
            Value payload,
            @Nullable String by) implements Event {}

    /**
     * The run ends before all its steps are over: what is open is cancelled, what was completed is undone.
     *
     * @param end FAILED or CANCELLED
     */
    record Stopping(RunStatus end, RunError error, @Nullable String by) implements Event {}

    /** What undoes a step is asked for. */
    record Undoing(String step, Request request) implements Event {}

    /** A step was undone, or could not be. */
    record Undone(String step, @Nullable RunError error) implements Event {}

    record Paused(@Nullable String by) implements Event {}

    record Resumed(@Nullable String by) implements Event {}

    /** A run that was over goes on where it failed, with a deadline of its own. */
    record Retried(@Nullable String by, @Nullable Long deadline) implements Event {}

    /**
     * A command makes no sense now.
     *
     * @param parent a step that waits for the end of the run, which it did not start: it is told; null: none does
     */
    record Rejected(String code, String message, @Nullable Parent parent) implements Event {

        public Rejected(String code, String message) {
            this(code, message, null);
        }
    }

    /** An input came too late, or again. */
    record Ignored(String reason) implements Event {}

    /** The run is over. */
    record Ended(
            RunStatus status,
            @Nullable Value output,
            @Nullable RunError error) implements Event {}

    /**
     * Nothing of the run is kept any longer; its last event.
     *
     * @param by who asked for that; null: its time was over
     */
    record Deleted(@Nullable String by) implements Event {}
}
