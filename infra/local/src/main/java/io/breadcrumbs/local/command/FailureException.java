package io.breadcrumbs.local.command;

/** Ends a command with one line for its user. */
final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    FailureException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
