package io.breadcrumbs.sdk.workflow.run;

/**
 * Where something happens in a run: in a step, or in an element of a for-each.
 *
 * @param item which element; {@link #WHOLE} for the step itself
 */
public record Place(String step, int item) {

    public static final int WHOLE = -1;

    /** The step itself. */
    public static Place of(String step) {
        return new Place(step, WHOLE);
    }

    public boolean whole() {
        return item == WHOLE;
    }

    /** The id of the run that an attempt starts here. */
    public String child(String runId, int attempt) {
        return runId + "." + (whole() ? step : step + "." + item) + "." + attempt;
    }

    /** {@code step} or {@code step#item}. */
    @Override
    public String toString() {
        return item == WHOLE ? step : step + "#" + item;
    }
}
