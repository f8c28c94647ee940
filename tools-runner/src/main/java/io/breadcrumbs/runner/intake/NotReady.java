package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered for a tool that cannot be made ready. What nobody foresaw goes to the log, not to the caller. */
final class NotReady {

    private static final Logger LOG = LoggerFactory.getLogger(NotReady.class);

    private NotReady() {}

    static ToolFailure of(String tool, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ToolFailure foreseen) {
            return foreseen;
        }
        LOG.atError()
                .addKeyValue("event", "tool-not-ready")
                .addKeyValue("tool", tool)
                .setCause(cause)
                .log("a tool cannot be made ready");
        return ToolFailure.of(
                ErrorKind.RUNTIME, "NOT_READY", "the tool cannot be made ready; the runner's log says why");
    }
}
