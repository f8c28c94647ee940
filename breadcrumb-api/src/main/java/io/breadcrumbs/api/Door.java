package io.breadcrumbs.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** The running HTTP door. It answers as soon as it is started; ready it is when it has been told so. */
public final class Door implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private Door(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /**
     * Starts listening; returns when it does.
     *
     * @param inside what it shows of the platform
     * @throws RuntimeException if it cannot, for example because the port is taken
     */
    public static Door start(DoorSettings settings, Inside inside) {
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(Map.of(
                        "micronaut.application.name",
                        "breadcrumbs",
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.port",
                        settings.port() == 0 ? -1 : settings.port(),
                        "micronaut.netty.event-loops.default.num-threads",
                        2,
                        "endpoints.all.enabled",
                        false,
                        "endpoints.health.enabled",
                        true,
                        "endpoints.health.details-visible",
                        "ANONYMOUS",
                        "endpoints.health.disk-space.enabled",
                        false,
                        "endpoints.health.discovery-client.enabled",
                        false))
                .singletons(
                        new PlatformAddress(
                                settings.kafka(), settings.registry(), settings.instance(), settings.version()),
                        new PartsIndicator.Shown(inside))
                .start();
        try {
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            return new Door(context, server);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** From now on {@code /health/readiness} is up. */
    public void ready() {
        context.getBean(ReadinessGate.class).open();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
