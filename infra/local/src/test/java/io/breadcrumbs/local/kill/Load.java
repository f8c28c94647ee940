package io.breadcrumbs.local.kill;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Publishes requests at a steady rate, whatever comes of them: an open loop, so that work piles up while a runner is
 * dead. Its own thread.
 */
public final class Load implements AutoCloseable {

    private static final int TICK_MS = 10;

    private final Bus bus;
    private final Requests requests;
    private final int perTick;
    private final Consumer<String> acknowledged;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private int published;

    /**
     * What is published.
     *
     * @param name with which the request ids begin
     * @param of the request with this id
     */
    public record Requests(String name, Function<String, Draft<ToolRequest>> of) {}

    private Load(Bus bus, Requests requests, int perTick, Consumer<String> acknowledged) {
        this.bus = bus;
        this.requests = requests;
        this.perTick = perTick;
        this.acknowledged = acknowledged;
    }

    /**
     * Begins.
     *
     * @param acknowledged told of each request that the log acknowledged, before anybody else
     */
    public static Load start(Bus bus, int perSecond, Requests requests, Consumer<String> acknowledged) {
        Load load = new Load(bus, requests, perSecond * TICK_MS / 1_000, acknowledged);
        load.thread.scheduleAtFixedRate(load::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void tick() {
        for (int i = 0; i < perTick; i++) {
            String id = requests.name() + "-" + published++;
            bus.publish(requests.of().apply(id)).thenRun(() -> acknowledged.accept(id));
        }
    }

    /** Publishes nothing more; what is under way may still be acknowledged. */
    @Override
    public void close() {
        ((ExecutorService) thread).close();
    }
}
