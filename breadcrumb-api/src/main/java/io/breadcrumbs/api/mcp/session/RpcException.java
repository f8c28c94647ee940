package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error of the protocol. */
public final class RpcException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final int status;
    private final transient @Nullable JsonNode data;

    private RpcException(int code, int status, String message, @Nullable JsonNode data) {
        super(message, null, false, false); // nobody looks for where a client went wrong
        this.code = code;
        this.status = status;
        this.data = data;
    }

    /** An error that is an answer like any other: with status 200, as clients want it. */
    public static RpcException answer(int code, String message) {
        return new RpcException(code, 200, message, null);
    }

    /** An error of the request itself. */
    public static RpcException refusal(int status, int code, String message) {
        return new RpcException(code, status, message, null);
    }

    /** The same with something for programs. */
    public RpcException with(JsonNode more) {
        return new RpcException(code, status, String.valueOf(getMessage()), more);
    }

    public int code() {
        return code;
    }

    /** The status of the HTTP answer. */
    public int status() {
        return status;
    }

    @Nullable
    JsonNode data() {
        return data;
    }
}
