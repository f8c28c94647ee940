package io.breadcrumbs.sdk;

/** The way that a record took to its receiver. */
public enum Lane {
    /** Handed over in the same process, before the acknowledgement. */
    EAGER,
    /** Handed over in the same process, after the acknowledgement, in the log's order. */
    TAIL,
    /** Read from the log. */
    LOG
}
