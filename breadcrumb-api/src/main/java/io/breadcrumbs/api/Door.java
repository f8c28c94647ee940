package io.breadcrumbs.api;

import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.limit.OpenStreams;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The running HTTP door. It answers as soon as it is started; ready it is when it has been told so. */
public final class Door implements AutoCloseable {

    /** What pages may read of answers, beside their bodies. */
    private static final List<String> EXPOSED =
            List.of("ETag", "Location", "Retry-After", "Mcp-Session-Id", "Trace-Id");

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final String host;

    private Door(ApplicationContext context, EmbeddedServer server, String host) {
        this.context = context;
        this.server = server;
        this.host = host;
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
                .properties(properties(settings))
                .singletons(
                        new PlatformAddress(
                                settings.kafka(), settings.registry(), settings.instance(), settings.version()),
                        new PartsIndicator.Shown(inside),
                        inside.registry(),
                        inside.spans(),
                        settings.security(),
                        new OpenStreams(settings.security().limits()))
                .start();
        try {
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            return new Door(context, server, settings.host());
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private static Map<String, Object> properties(DoorSettings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("micronaut.application.name", "breadcrumbs");
        all.put("breadcrumbs.version", settings.version());
        all.put("micronaut.server.host", settings.host());
        all.put("micronaut.server.port", settings.port() == 0 ? -1 : settings.port());
        LimitSettings limits = settings.security().limits();
        all.put("micronaut.server.max-request-size", limits.bodyBytes());
        all.put("micronaut.server.netty.request-decompression-enabled", false); // bounds are those of what is sent
        all.put("micronaut.server.cors.localhost-pass-through", true); // Origins says it, with a problem document
        all.put("micronaut.server.netty.max-header-size", limits.headerBytes());
        all.put("micronaut.server.netty.max-initial-line-length", limits.lineBytes());
        all.put("micronaut.netty.event-loops.default.num-threads", 2);
        all.put("endpoints.all.enabled", false);
        all.put("endpoints.health.enabled", true);
        // what is wrong inside is for those who are known; meters and the log say it too
        all.put("endpoints.health.details-visible", settings.security().on() ? "NEVER" : "ANONYMOUS");
        all.put("endpoints.health.disk-space.enabled", false);
        all.put("endpoints.health.discovery-client.enabled", false);
        allow(settings.security().origins(), all);
        return all;
    }

    private static void allow(Set<String> origins, Map<String, Object> all) {
        if (origins.isEmpty()) {
            return; // browsers then keep what other pages ask for from them
        }
        all.put("micronaut.server.cors.enabled", true);
        all.put("micronaut.server.cors.configurations.pages.allowed-origins", List.copyOf(origins));
        all.put("micronaut.server.cors.configurations.pages.allow-credentials", false);
        all.put("micronaut.server.cors.configurations.pages.exposed-headers", EXPOSED);
    }

    /** From now on requests are answered from these. Who made them closes them, after the door. */
    public void serve(Services services) {
        context.getBean(Behind.class).is(services.parts());
    }

    /** From now on {@code /health/readiness} is up, unless a part says that it is not. */
    public void ready() {
        context.getBean(ReadinessGate.class).open();
    }

    public String url() {
        return "http://" + host + ":" + server.getPort();
    }

    /** For tests, which look at what it is made of. */
    ApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
