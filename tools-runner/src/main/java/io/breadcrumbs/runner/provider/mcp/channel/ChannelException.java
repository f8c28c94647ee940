package io.breadcrumbs.runner.provider.mcp.channel;

import java.io.IOException;

/** A message was not carried, or not answered. */
public final class ChannelException extends IOException {

    private static final long serialVersionUID = 1;

    /** What that means for the message and the channel. */
    public enum Reason {
        /** The channel is over, and the message was not taken. */
        GONE,
        /** Nobody knows whether the server took the message; the channel goes on. */
        UNANSWERED,
        /** The server did not take the message. */
        REFUSED,
        /** The server did not take the message now. */
        BUSY,
        /** The answer is larger than allowed. */
        TOO_LARGE,
        /** Nobody waits any more. */
        STOPPED
    }

    private final Reason reason;

    public ChannelException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static ChannelException tooLarge(int bytes) {
        return new ChannelException(Reason.TOO_LARGE, "expected a message of at most " + bytes + " bytes, got more");
    }

    static ChannelException unanswered(Throwable why) {
        String message = why.getMessage();
        return new ChannelException(
                Reason.UNANSWERED, why.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }
}
