package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolResponse;

/** Is told what the desk does, for logs and metrics. Called from any thread; must be quick. */
public interface Observer {

    /** The work is executed from now on, on this thread; it may be told then what its trace shows of that. */
    default void begins(Work work) {}

    /** The work has its answer. */
    void answered(Work work, ToolResponse response);

    /** The work was stopped and does not end: it is answered, and keeps its slot. */
    void clings(Work work);

    /** Tells another one too. */
    default Observer and(Observer other) {
        Observer first = this;
        return new Observer() {
            @Override
            public void begins(Work work) {
                first.begins(work);
                other.begins(work);
            }

            @Override
            public void answered(Work work, ToolResponse response) {
                first.answered(work, response);
                other.answered(work, response);
            }

            @Override
            public void clings(Work work) {
                first.clings(work);
                other.clings(work);
            }
        };
    }
}
