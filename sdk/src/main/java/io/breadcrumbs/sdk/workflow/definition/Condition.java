package io.breadcrumbs.sdk.workflow.definition;

import io.breadcrumbs.sdk.workflow.template.Scope;
import java.util.Set;

/** A condition that was checked when its workflow was parsed. */
public interface Condition {

    /** The condition as it was written. */
    String text();

    /** The roots that it refers to: steps, {@code input} and so on. */
    Set<String> roots();

    /**
     * Whether it holds.
     *
     * @throws ConditionException if it has no answer: a value is missing or of another type
     */
    boolean holds(Scope scope) throws ConditionException;
}
