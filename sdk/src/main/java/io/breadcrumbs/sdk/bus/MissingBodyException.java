package io.breadcrumbs.sdk.bus;

/** The chunks that a record names are not in the log, or not what the record says. */
final class MissingBodyException extends Exception {

    private static final long serialVersionUID = 1;

    MissingBodyException(String message) {
        super(message);
    }
}
