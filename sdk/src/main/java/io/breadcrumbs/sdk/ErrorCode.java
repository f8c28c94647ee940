package io.breadcrumbs.sdk;

/** What can go wrong, by stable names. */
public enum ErrorCode {
    /** The topic is not in the catalogue, or not what the catalogue says. */
    TOPIC(Kind.CALLER),
    /** The record, or one of its parts, is larger than the log takes. */
    TOO_LARGE(Kind.CALLER),
    /** The topic's schema and the record's do not go together. */
    SCHEMA(Kind.CALLER),
    /** The settings contradict themselves or the cluster. */
    SETTINGS(Kind.CALLER),
    /** The caller may not do this. */
    FORBIDDEN(Kind.CALLER),
    /** Nobody answered in time. */
    DEADLINE(Kind.TOOL),
    /** Too much is under way: nothing was done, try again later. */
    CAPACITY(Kind.CAPACITY),
    /** The broker or the registry cannot be reached: nothing was done, try again later. */
    AWAY(Kind.CAPACITY),
    /** The bus is closed: nothing was done. */
    CLOSED(Kind.CAPACITY),
    /** Somebody else has taken over: nothing was done. */
    FENCED(Kind.INTERNAL),
    /** The append was not acknowledged: the log may have the record all the same. */
    UNKNOWN(Kind.INTERNAL);

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Who can mend it. */
    public enum Kind {
        CALLER,
        TOOL,
        CAPACITY,
        INTERNAL
    }
}
