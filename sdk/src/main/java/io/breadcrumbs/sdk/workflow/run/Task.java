package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.json.Value;
import org.jspecify.annotations.Nullable;

/** How a step stands, or an element of a for-each. Changed by {@link Run} alone. */
public sealed class Task permits StepState {

    StepStatus status = StepStatus.PENDING;
    /** Attempts so far; a retry of the whole run goes on counting. */
    int attempt;
    /** Attempts before the run was last retried. */
    int before;
    /** What it waits for: a request, with its deadline in {@link #until}. */
    @Nullable
    String requestId;

    long until;
    /** Whether what it has asked for must not be executed again when nobody knows whether it was. */
    boolean once;

    @Nullable
    Value output;

    @Nullable
    RunError error;

    long startedAt;
    long endedAt;

    public StepStatus status() {
        return status;
    }

    /** The attempt that runs, or was the last; 0 before the first. */
    public int attempt() {
        return attempt;
    }

    /** How many attempts there were before the run was last retried. */
    public int before() {
        return before;
    }

    /** The request whose answer is awaited; null if none is. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** Whether the tool that it asked for last must not be executed again when nobody knows whether it was. */
    public boolean once() {
        return once;
    }

    /** When the wait for an answer, a signal, a time or a decision is over, or the next attempt begins. */
    public long until() {
        return until;
    }

    public @Nullable Value output() {
        return output;
    }

    /** Why the last attempt failed. */
    public @Nullable RunError error() {
        return error;
    }

    /** 0 before it began. */
    public long startedAt() {
        return startedAt;
    }

    /** 0 before it was over. */
    public long endedAt() {
        return endedAt;
    }
}
