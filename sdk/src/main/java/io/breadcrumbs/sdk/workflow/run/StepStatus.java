package io.breadcrumbs.sdk.workflow.run;

/** How a step stands, or an element of a for-each. */
public enum StepStatus {
    /** Not begun. */
    PENDING,
    /** Its tool or its child run has been asked for. */
    RUNNING,
    /** An attempt has failed; there will be another one. */
    RETRYING,
    /** It waits for a signal, a time or somebody's decision. */
    WAITING,
    COMPLETED,
    FAILED,
    /** A step that it needs has failed. */
    BLOCKED,
    /** It was left out: its condition did not hold, or another branch was taken. */
    SKIPPED,
    /** The run ended first. */
    CANCELLED;

    /** Begun, and not over. */
    public boolean open() {
        return this == RUNNING || this == RETRYING || this == WAITING;
    }

    public boolean over() {
        return this != PENDING && !open();
    }
}
