package io.breadcrumbs.sdk.log;

/** How an append ended. */
public sealed interface Appended {

    /** It is durable. */
    record Acknowledged(Position position) implements Appended {}

    /** It is certainly not in the log. */
    record Refused(Reason reason, String detail) implements Appended {}

    /** It failed, or its acknowledgement did not come: the log may have it. */
    record Unknown(String detail) implements Appended {}

    /** Why an append was refused. */
    enum Reason {
        /** Too many bytes wait for their acknowledgement. */
        FULL,
        /** The broker, or the topic on it, cannot be reached yet. */
        AWAY,
        /** The record is larger than the topic takes. */
        TOO_LARGE,
        /** The log is closed. */
        CLOSED,
        /** The broker does not let this client write. */
        FORBIDDEN
    }
}
