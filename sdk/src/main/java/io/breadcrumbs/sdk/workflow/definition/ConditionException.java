package io.breadcrumbs.sdk.workflow.definition;

/** A condition that cannot be parsed, or has no answer; the message names what was expected and what came. */
public final class ConditionException extends Exception {

    private static final long serialVersionUID = 1;

    public ConditionException(String message) {
        super(message);
    }
}
