package io.breadcrumbs.sdk.journal;

/** A record of the journal that this process cannot understand; the message says what was expected. */
public final class UnreadableEventException extends Exception {

    private static final long serialVersionUID = 1;

    public UnreadableEventException(String message) {
        super(message);
    }
}
