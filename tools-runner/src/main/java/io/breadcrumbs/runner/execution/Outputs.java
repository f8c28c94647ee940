package io.breadcrumbs.runner.execution;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer means to the tool that waits for it. */
final class Outputs {

    private static final Logger LOG = LoggerFactory.getLogger(Outputs.class);

    private Outputs() {}

    /** Waits for an answer; its output, or its failure thrown. */
    static String of(CompletableFuture<ToolResponse> answer) throws ToolFailure, InterruptedException {
        ToolResponse response;
        try {
            response = answer.get();
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
        ToolError error = response.getError();
        if (error != null) {
            throw ToolFailure.of(error);
        }
        String output = response.getOutput();
        return output == null ? "null" : output;
    }

    private static ToolFailure failed(@Nullable Throwable cause) {
        if (cause instanceof BusException bus) {
            ErrorKind kind = switch (bus.code().kind()) {
                case TOOL -> ErrorKind.TIMEOUT;
                case CAPACITY -> ErrorKind.CAPACITY;
                case CALLER, INTERNAL -> ErrorKind.RUNTIME;
            };
            String code =
                    bus.code() == ErrorCode.DEADLINE ? "TIMEOUT" : bus.code().name();
            return ToolFailure.of(kind, code, String.valueOf(bus.getMessage()));
        }
        LOG.atWarn().addKeyValue("event", "no-answer").setCause(cause).log("an answer cannot be waited for");
        return ToolFailure.of(
                ErrorKind.RUNTIME, "RUNTIME", "the answer cannot be waited for; the runner's log says why");
    }
}
