package io.breadcrumbs.sdk.tool;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import org.jspecify.annotations.Nullable;

/** A failure that a tool, or who executes it, foresees: it becomes the answer. */
public final class ToolFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorKind kind;
    private final String code;
    private final boolean retryable;
    private final @Nullable String field;

    private ToolFailure(ErrorKind kind, String code, String message, boolean retryable, @Nullable String field) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.retryable = retryable;
        this.field = field;
    }

    /**
     * A failure of this kind.
     *
     * @param code a stable name, for programs
     * @param message what was expected and what came, for people
     */
    public static ToolFailure of(ErrorKind kind, String code, String message) {
        boolean mayHelp = kind == ErrorKind.TIMEOUT || kind == ErrorKind.CAPACITY;
        return new ToolFailure(kind, code, message, mayHelp, null);
    }

    /** The input is wrong, in this field. */
    public static ToolFailure invalid(String field, String message) {
        return new ToolFailure(ErrorKind.VALIDATION, "VALIDATION", message, false, field);
    }

    /** A limit of the tool is exceeded, and will be again. */
    public static ToolFailure limit(String code, String message) {
        return new ToolFailure(ErrorKind.CAPACITY, code, message, false, null);
    }

    /** What an answer says of a failure. */
    public static ToolFailure of(ToolError error) {
        return new ToolFailure(
                error.getKind(), error.getCode(), error.getMessage(), error.getRetryable(), error.getField());
    }

    /** The same failure, which the same request may not meet again later. */
    public ToolFailure retryable() {
        return new ToolFailure(kind, code, String.valueOf(getMessage()), true, field);
    }

    /** The same failure, after which the same must not be asked again. */
    public ToolFailure notRetryable() {
        return new ToolFailure(kind, code, String.valueOf(getMessage()), false, field);
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The failure as an answer says it. */
    public ToolError toError() {
        return new ToolError(code, kind, String.valueOf(getMessage()), retryable, field);
    }
}
