package io.breadcrumbs.sdk.workflow.template;

/** A reference that has no value now, or one too large to insert; the message says how far it led. */
public final class MissingValueException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reference;

    MissingValueException(String reference, String message) {
        super(reference + ": " + message);
        this.reference = reference;
    }

    /** The reference as it was written. */
    public String reference() {
        return reference;
    }
}
