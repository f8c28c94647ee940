package io.breadcrumbs.local.platform;

import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.runner.provider.mcp.McpSource;
import io.breadcrumbs.sdk.egress.Reach;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a platform is started with.
 *
 * @param data folder
 * @param fresh whether the data folder is emptied first
 * @param pools whose tools the platform executes itself; none: there is no runner in it
 * @param allowed what tools may do outside of the platform, and who may come in
 * @param mcpServers whose tools it imports, by name
 * @param keepRuns how long runs are kept after their end, where their workflow does not say so; null: for ever
 * @param otlp where traces are sent; null: where the environment says, or nowhere
 */
public record PlatformSettings(
        Ports ports,
        Path data,
        boolean fresh,
        Set<String> pools,
        Allowed allowed,
        Map<String, McpSource> mcpServers,
        @Nullable Duration keepRuns,
        @Nullable URI otlp) {

    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_KAFKA_PORT = 9092;
    public static final int DEFAULT_REGISTRY_PORT = 8081;

    public static final int HIGHEST_PORT = 65_535;

    public PlatformSettings {
        pools = Set.copyOf(pools);
        mcpServers = Map.copyOf(mcpServers);
        for (Map.Entry<String, McpSource> server : mcpServers.entrySet()) {
            String pool = server.getValue().pool();
            if (!pools.contains(pool)) {
                throw new IllegalArgumentException("MCP server '" + server.getKey() + "': expected one of the pools "
                        + pools + ", got '" + pool + "'");
            }
        }
    }

    /** Where it listens; a port of 0 takes a free one. */
    public record Ports(int http, int kafka, int registry) {

        public static final Ports ANY = new Ports(0, 0, 0);

        public Ports {
            check("port", http);
            check("kafkaPort", kafka);
            check("registryPort", registry);
        }
    }

    /**
     * What tools may do outside of the platform, and who may come in.
     *
     * @param commands that subprocess tools may run
     * @param reach of http_request, of HTTP tools that name no hosts, and of webhooks
     * @param security of the HTTP door, which listens on this machine only
     */
    public record Allowed(Set<Path> commands, Reach reach, SecuritySettings security) {

        public static final Allowed NOTHING = new Allowed(Set.of(), Reach.NOTHING);

        public Allowed {
            commands = Set.copyOf(commands);
        }

        /** For everybody on this machine. */
        public Allowed(Set<Path> commands, Reach reach) {
            this(commands, reach, SecuritySettings.OFF);
        }
    }

    /** On any free ports and without a runner, for tests. */
    public static PlatformSettings anywhere(Path data) {
        return new PlatformSettings(Ports.ANY, data, false, Set.of(), Allowed.NOTHING, Map.of(), null, null);
    }

    public PlatformSettings withPools(Set<String> other) {
        return new PlatformSettings(ports, data, fresh, other, allowed, mcpServers, keepRuns, otlp);
    }

    public PlatformSettings withReach(Reach other) {
        Allowed wider = new Allowed(allowed.commands(), other, allowed.security());
        return new PlatformSettings(ports, data, fresh, pools, wider, mcpServers, keepRuns, otlp);
    }

    public PlatformSettings withMcpServers(Map<String, McpSource> others) {
        return new PlatformSettings(ports, data, fresh, pools, allowed, others, keepRuns, otlp);
    }

    public PlatformSettings keeping(@Nullable Duration runs) {
        return new PlatformSettings(ports, data, fresh, pools, allowed, mcpServers, runs, otlp);
    }

    public PlatformSettings withSecurity(SecuritySettings security) {
        Allowed other = new Allowed(allowed.commands(), allowed.reach(), security);
        return new PlatformSettings(ports, data, fresh, pools, other, mcpServers, keepRuns, otlp);
    }

    public PlatformSettings tracedTo(@Nullable URI collector) {
        return new PlatformSettings(ports, data, fresh, pools, allowed, mcpServers, keepRuns, collector);
    }

    private static void check(String name, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(name + ": expected 0 to " + HIGHEST_PORT + ", got " + port);
        }
    }
}
