package io.breadcrumbs.runner.provider.mcp.connection;

import io.breadcrumbs.runner.provider.mcp.channel.ChannelException;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a server, as answers say it. */
public record ServerFailures(String name) {

    /** The code of a call that was sent, and of which nobody knows what became of it. */
    public static final String LOST = "MCP_LOST";

    ToolFailure unreachable(String why) {
        return ToolFailure.of(ErrorKind.RUNTIME, "MCP_CONNECTION", "no connection to MCP server '" + name + "': " + why)
                .retryable();
    }

    /** Why there is no connection, though one was tried. */
    ToolFailure unreachable(@Nullable Throwable cause, CompletableFuture<String> ended) {
        Throwable known = known(cause);
        if (ended.isDone() && (known == null || isGone(known))) {
            return unreachable(ended.join());
        }
        Throwable shown = known == null ? cause : known;
        return unreachable(shown == null ? "it does not say why" : text(shown));
    }

    ToolFailure late() {
        return ToolFailure.of(ErrorKind.TIMEOUT, "TIMEOUT", "MCP server '" + name + "' did not answer in time");
    }

    private ToolFailure lost(String why) {
        return ToolFailure.of(ErrorKind.RUNTIME, LOST, "MCP server '" + name + "' was lost before it answered: " + why)
                .retryable();
    }

    /**
     * What a call failed with.
     *
     * @param ended completed if the connection is over
     */
    ToolFailure of(@Nullable Throwable cause, CompletableFuture<String> ended) {
        Throwable known = known(cause);
        if (known instanceof McpError error) {
            return refused(error);
        }
        if (known instanceof ChannelException failure) {
            return isGone(failure) ? unreachable(failure, ended) : of(failure);
        }
        if (ended.isDone()) {
            return lost(ended.join());
        }
        String what = cause == null ? "nothing" : text(cause);
        return ToolFailure.of(
                ErrorKind.RUNTIME, "MCP_ANSWER", "what MCP server '" + name + "' answered cannot be read: " + what);
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ChannelException known && known.reason() == ChannelException.Reason.GONE;
    }

    /** The library wraps what it, the server or the channel says. */
    private static @Nullable Throwable known(@Nullable Throwable failure) {
        Throwable each = failure;
        while (each != null && !(each instanceof McpError || each instanceof ChannelException)) {
            each = each.getCause();
        }
        return each;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        boolean speaks = failure instanceof McpError || failure instanceof ChannelException;
        return speaks && message != null ? message : failure.getClass().getSimpleName() + ": " + message;
    }

    private ToolFailure refused(McpError error) {
        String message = "MCP server '" + name + "' refused: " + error.getMessage();
        boolean invalid = error.getJsonRpcError() != null
                && error.getJsonRpcError().code() == McpSchema.ErrorCodes.INVALID_PARAMS;
        return invalid ? ToolFailure.invalid("", message) : ToolFailure.of(ErrorKind.RUNTIME, "MCP_ERROR", message);
    }

    private ToolFailure of(ChannelException failure) {
        String why = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case GONE -> unreachable(why);
            case UNANSWERED, STOPPED -> lost(why);
            case REFUSED ->
                ToolFailure.of(ErrorKind.RUNTIME, "MCP_REFUSED", "MCP server '" + name + "' refused: " + why);
            case BUSY -> ToolFailure.of(ErrorKind.CAPACITY, "MCP_BUSY", "MCP server '" + name + "' is busy: " + why);
            case TOO_LARGE -> ToolFailure.limit("TOO_LARGE", "MCP server '" + name + "': " + why);
        };
    }
}
