package io.breadcrumbs.sdk.workflow.json;

/** A text that is no JSON value; the message names the place, what was expected there and what came. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    JsonException(int line, int column, String message) {
        super("line " + line + ", column " + column + ": " + message);
        this.line = line;
        this.column = column;
    }

    /** The line of the fault, from 1. */
    public int line() {
        return line;
    }

    /** The character of the line, from 1. */
    public int column() {
        return column;
    }
}
