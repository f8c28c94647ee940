package io.breadcrumbs.sdk;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A failure of the bus; its code says what it means, its message what was expected, what came and what to do. */
public final class BusException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public BusException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public BusException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    private static @Nullable Throwable inner(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException
                ? failure.getCause()
                : failure;
    }

    /** What a future of the bus failed with. */
    public static BusException of(Throwable failure) {
        Throwable cause = inner(failure);
        return cause instanceof BusException bus
                ? bus
                : new BusException(ErrorCode.UNKNOWN, "the bus failed as nobody foresaw", failure);
    }

    /** The code of what a future of the bus failed with; null if it is no failure of the bus. */
    public static @Nullable ErrorCode codeOf(Throwable failure) {
        Throwable cause = inner(failure);
        return cause instanceof BusException bus ? bus.code() : null;
    }
}
