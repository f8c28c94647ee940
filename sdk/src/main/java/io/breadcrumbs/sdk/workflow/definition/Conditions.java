package io.breadcrumbs.sdk.workflow.definition;

import java.util.Set;

/** A language for conditions. */
public interface Conditions {

    /**
     * Parses and checks a condition.
     *
     * @param roots the names that it may refer to
     * @throws ConditionException if it is none; the message says where
     */
    Condition parse(String text, Set<String> roots) throws ConditionException;
}
