package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletableFuture;

/**
 * Puts tools into the catalogue and takes them out, again and again until the log has it: twice does no harm. Fails
 * only with what will not get better.
 */
final class Shelf {

    private final Durably log;

    Shelf(Bus bus, Time time) {
        log = new Durably(bus, time);
    }

    /** Whether two definitions say the same, whoever published them when. */
    static boolean same(ToolDefinition one, ToolDefinition other) {
        return ToolDefinition.newBuilder(one).setMeta(other.getMeta()).build().equals(other);
    }

    CompletableFuture<Position> put(ToolDefinition tool) {
        String key = Toolbox.key(tool.getName(), tool.getVersion());
        return log.publish(Draft.of(Catalogue.TOOL, key, tool));
    }

    CompletableFuture<Position> take(ToolDefinition tool) {
        String key = Toolbox.key(tool.getName(), tool.getVersion());
        return log.publish(Draft.tombstone(Catalogue.TOOL, key));
    }
}
