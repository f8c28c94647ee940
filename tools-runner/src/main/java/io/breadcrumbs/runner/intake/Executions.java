package io.breadcrumbs.runner.intake;

import java.util.function.Consumer;

/** Makes executions: on the thread that runs them, or in a simulation's time. */
@FunctionalInterface
public interface Executions {

    /**
     * Makes the execution of a work whose request has been checked.
     *
     * @param then takes the outcome when nothing of the execution runs any more; called once
     */
    Execution of(Work work, Consumer<Outcome> then);

    /** One execution. */
    interface Execution {

        /** Executes. Called once, on a virtual thread that may block. */
        void run();

        /** Sees to it that it ends soon, or does not begin. From any thread; more than once does no harm. */
        void stop();
    }
}
