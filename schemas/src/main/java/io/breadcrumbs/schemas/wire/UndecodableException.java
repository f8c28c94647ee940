package io.breadcrumbs.schemas.wire;

import org.jspecify.annotations.Nullable;

/** Bytes that are no record of their topic: the fault of whoever wrote them, to be answered or dead-lettered. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with the bytes; the names are stable. */
    public enum Reason {
        /** Too short for the header, or its first byte is not zero. */
        NO_WIRE_FORMAT,
        /** The registry has no Avro schema with this id, or it was not asked yet. */
        UNKNOWN_SCHEMA,
        /** Written with the schema of another record type. */
        WRONG_TYPE,
        /** The writer's schema cannot be read as the topic's. */
        INCOMPATIBLE,
        /** The bytes end before the record does. */
        TRUNCATED,
        /** The record ends before the bytes do. */
        TRAILING_BYTES,
        /** The bytes do not follow their schema. */
        MALFORMED
    }

    UndecodableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    UndecodableException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }
}
