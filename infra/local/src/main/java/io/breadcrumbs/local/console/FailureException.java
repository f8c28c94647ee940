package io.breadcrumbs.local.console;

/** Ends a command with one line for its user. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public FailureException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
