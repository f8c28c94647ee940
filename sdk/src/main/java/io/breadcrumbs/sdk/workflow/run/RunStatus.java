package io.breadcrumbs.sdk.workflow.run;

/** How a run stands, as everybody sees it. */
public enum RunStatus {
    RUNNING,
    /** No step starts until it is resumed. */
    PAUSED,
    /** Every step was completed or left out. */
    COMPLETED,
    /** Some steps failed, and the others were completed all the same. */
    PARTIAL,
    FAILED,
    CANCELLED;

    public boolean over() {
        return this != RUNNING && this != PAUSED;
    }
}
