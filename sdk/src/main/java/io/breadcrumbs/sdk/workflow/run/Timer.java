package io.breadcrumbs.sdk.workflow.run;

/**
 * Something that becomes due. A timer that is no longer of use decides nothing.
 *
 * @param attempt of the place; what another attempt has set is of no use
 * @param at milliseconds since 1970
 */
public record Timer(Kind kind, Place place, int attempt, long at) {

    /** What is due. */
    public enum Kind {
        /** The end of the run. */
        RUN,
        /** An answer. */
        ANSWER,
        /** Another attempt. */
        RETRY,
        /** The end of a wait. */
        WAIT
    }

    /** Where the run itself is due. */
    public static final Place RUN_PLACE = Place.of("");

    /** The timer that a task has set. */
    static Timer of(Place place, Task task) {
        Kind kind = task.status == StepStatus.RETRYING
                ? Kind.RETRY
                : task.status == StepStatus.WAITING ? Kind.WAIT : Kind.ANSWER;
        return new Timer(kind, place, task.attempt, task.until);
    }
}
