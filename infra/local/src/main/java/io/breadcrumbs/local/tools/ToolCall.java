package io.breadcrumbs.local.tools;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import java.time.Duration;
import java.util.List;
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
        List<ToolDefinition> known = ToolList.read(bus, timeout).named(tool);
        String pool = known.isEmpty() ? Catalogue.DEFAULT_POOL : known.getLast().getPool();
        Ask ask = new Ask(
                tool,
                input,
                pool.equals(Catalogue.DEFAULT_POOL) ? null : pool,
                Metas.DEFAULT_WORKSPACE,
                "crumb",
                timeout);
        return bus.request(ask).durable().get();
    }
}
