package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.runs.Start;

/** A run, and after how many events about it in one batch whoever decided them is killed, once. */
final class Ambush {

    static final String RUN = "ambushed";

    private final String source;
    private final int events;
    private boolean sprung;

    Ambush(String source, int events) {
        this.source = source;
        this.events = events;
    }

    Start start() {
        return Start.of(RUN, source, "{}");
    }

    /** Whether it springs now that this stands in the journal. */
    boolean springs(WorkflowEvent event) {
        boolean now =
                !sprung && RUN.equals(event.getRunId()) && event.getEvents().size() >= events;
        sprung |= now;
        return now;
    }
}
