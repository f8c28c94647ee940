package io.breadcrumbs.engine.overdue;

import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletableFuture;

/**
 * Marks behind the answers that are in the log: answers to nobody, by which who has put them sees that all before them
 * have come by.
 */
public record Marks(Bus bus, Time time, int partition) {

    /** Puts a mark; fails if it may not be in the log. */
    public CompletableFuture<Position> put(String id) {
        ToolResponse mark = ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, id, Metas.DEFAULT_WORKSPACE, bus.instance(), time.now()))
                .setRequestId(id)
                .build();
        return bus.publish(Draft.of(Catalogue.TOOL_RESPONSE, id, mark).to(partition));
    }
}
