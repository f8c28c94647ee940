package io.breadcrumbs.schemas.wire;

/** The schema registry could not be asked, or said no. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why; the names are stable. */
    public enum Reason {
        /** It did not answer, or answered that it cannot at the moment; trying again may help. */
        UNAVAILABLE,
        /** The schema does not go with those that the subject already has. */
        INCOMPATIBLE,
        /**
         * It answered with an error that no repetition mends: permission, read-only mode, a schema it does not take.
         */
        REFUSED
    }

    RegistryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
