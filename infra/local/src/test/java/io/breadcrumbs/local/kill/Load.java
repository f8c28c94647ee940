package io.breadcrumbs.local.kill;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Publishes requests at a steady rate, whatever comes of them: an open loop, so that work piles up while a runner is
 * dead. Its own thread.
 */
final class Load implements AutoCloseable {

    private static final int TICK_MS = 10;

    private final Bus bus;
    private final String name;
    private final int perTick;
    private final Consumer<String> acknowledged;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private int published;

    private Load(Bus bus, String name, int perTick, Consumer<String> acknowledged) {
        this.bus = bus;
        this.name = name;
        this.perTick = perTick;
        this.acknowledged = acknowledged;
    }

    /**
     * Begins.
     *
     * @param name with which the request ids begin
     * @param acknowledged told of each request that the log acknowledged, before anybody else
     */
    static Load start(Bus bus, String name, int perSecond, Consumer<String> acknowledged) {
        Load load = new Load(bus, name, perSecond * TICK_MS / 1_000, acknowledged);
        load.thread.scheduleAtFixedRate(load::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void tick() {
        for (int i = 0; i < perTick; i++) {
            String id = name + "-" + published++;
            bus.publish(Catalogue.TOOL_REQUEST, id, request(id)).thenRun(() -> acknowledged.accept(id));
        }
    }

    private static ToolRequest request(String id) {
        return ToolRequest.newBuilder()
                .setMeta(Meta.newBuilder()
                        .setId(id)
                        .setSchemaName(Catalogue.TOOL_REQUEST.name())
                        .build())
                .setRequestId(id)
                .setTool(Echo.TOOL)
                .setInput("{\"id\":\"" + id + "\"}")
                .build();
    }

    /** Publishes nothing more; what is under way may still be acknowledged. */
    @Override
    public void close() {
        ((ExecutorService) thread).close();
    }
}
