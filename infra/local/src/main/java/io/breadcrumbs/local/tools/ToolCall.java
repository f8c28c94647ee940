package io.breadcrumbs.local.tools;

import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Metas;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** One call of a tool: to the pool that the catalogue names, answered when the log has the answer. */
public final class ToolCall {

    /** At the deadline a runner stops the tool, and says so: its answer is worth more than none. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private ToolCall() {}

    /**
     * Calls a tool and waits. A tool that the catalogue does not have is asked for all the same: a runner says so.
     *
     * @throws ExecutionException with a {@link io.breadcrumbs.sdk.BusException} if there is no answer
     */
    public static ToolResponse of(Bus bus, String tool, String input, Duration timeout)
            throws InterruptedException, ExecutionException {
        Ask ask = new Ask(tool, input, null, Metas.DEFAULT_WORKSPACE, "crumb", timeout);
        Ask routed = ToolList.read(bus, timeout)
                .newest(tool)
                .map(known -> ask.inPool(known.definition().getPool()).seen(known.position()))
                .orElse(ask);
        Call call = bus.request(routed);
        Call late = bus.await(call.requestId(), timeout.plus(GRACE));
        try {
            return call.durable().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BusException why) || why.code() != ErrorCode.DEADLINE) {
                throw e;
            }
            try {
                return late.durable().get();
            } catch (ExecutionException _) {
                throw e;
            }
        }
    }
}
