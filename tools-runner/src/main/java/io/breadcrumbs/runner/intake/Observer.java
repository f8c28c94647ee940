package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolResponse;

/** Is told what the desk does, for logs and metrics. Called from any thread; must be quick. */
public interface Observer {

    /** The work has its answer. */
    void answered(Work work, ToolResponse response);

    /** The work was stopped and does not end: it is answered, and keeps its slot. */
    void clings(Work work);
}
