package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Puts tools into the catalogue and takes them out, again and again until the log has it: twice does no harm. Fails
 * only with what will not get better.
 */
final class Shelf {

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Bus bus;
    private final Time time;

    Shelf(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    /** Whether two definitions say the same, whoever published them when. */
    static boolean same(ToolDefinition one, ToolDefinition other) {
        return ToolDefinition.newBuilder(one).setMeta(other.getMeta()).build().equals(other);
    }

    CompletableFuture<Position> put(ToolDefinition tool) {
        String key = Toolbox.key(tool.getName(), tool.getVersion());
        return publish(Draft.of(Catalogue.TOOL, key, tool), new CompletableFuture<>());
    }

    CompletableFuture<Position> take(ToolDefinition tool) {
        String key = Toolbox.key(tool.getName(), tool.getVersion());
        return publish(Draft.tombstone(Catalogue.TOOL, key), new CompletableFuture<>());
    }

    private CompletableFuture<Position> publish(Draft<ToolDefinition> draft, CompletableFuture<Position> durable) {
        bus.publish(draft).whenComplete((position, failure) -> {
            if (failure == null) {
                durable.complete(position);
            } else if (isFinal(failure)) {
                durable.completeExceptionally(failure);
            } else {
                time.after(AGAIN, () -> publish(draft, durable));
            }
        });
        return durable;
    }

    private static boolean isFinal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof BusException why
                && (why.code() == ErrorCode.CLOSED || why.code().kind() == ErrorCode.Kind.CALLER);
    }
}
