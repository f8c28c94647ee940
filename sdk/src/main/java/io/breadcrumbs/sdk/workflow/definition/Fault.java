package io.breadcrumbs.sdk.workflow.definition;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a definition.
 *
 * @param step the step, by its id; of a workflow within a workflow {@code outer/inner}; absent where it is about none
 * @param path where it stands, such as {@code steps[2].input.title}; empty for the whole
 */
public record Fault(Code code, @Nullable String step, String path, String message) {

    /** What is wrong; the names are stable. */
    public enum Code {
        /** It is no JSON. */
        BAD_JSON,
        /** It has no step. */
        NO_STEPS,
        /** It has too many steps, or is too long. */
        TOO_LARGE,
        /** An id has letters that it may not have, or is reserved. */
        BAD_ID,
        /** Two steps have the same id. */
        DUPLICATE_ID,
        /** A step does not say what it does. */
        NO_TOOL,
        /** A step names a role, and no task for it. */
        NO_TASK,
        /** A step says that it does several things. */
        AMBIGUOUS_STEP,
        /** Something is missing that must be there. */
        MISSING_FIELD,
        /** There is a field that nobody would read. */
        UNKNOWN_FIELD,
        /** A field has a value that it cannot have. */
        BAD_VALUE,
        /** A step names another that does not exist. */
        UNKNOWN_DEP,
        /** A step depends on itself. */
        SELF_DEP,
        /** Steps depend on each other in a circle. */
        CYCLE,
        /** A template cannot be understood, or refers to what does not exist. */
        BAD_TEMPLATE,
        /** A condition cannot be understood, or refers to what does not exist. */
        BAD_CONDITION
    }

    /** For people: code, place and message in one line. */
    @Override
    public String toString() {
        return code + (step == null ? "" : " step " + step) + (path.isEmpty() ? "" : " at " + path) + ": " + message;
    }
}
