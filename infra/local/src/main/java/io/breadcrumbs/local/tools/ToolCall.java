package io.breadcrumbs.local.tools;

import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** One call of a tool: to the pool that the catalogue names, answered when the log has the answer. */
public final class ToolCall {

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
        return bus.request(routed).durable().get();
    }
}
