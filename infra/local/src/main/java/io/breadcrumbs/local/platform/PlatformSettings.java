package io.breadcrumbs.local.platform;

import io.breadcrumbs.runner.egress.Reach;
import io.breadcrumbs.runner.provider.mcp.McpSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a platform is started with; a port of 0 takes a free one.
 *
 * @param port of the HTTP door
 * @param data folder
 * @param fresh whether the data folder is emptied first
 * @param pools whose tools the platform executes itself; none: there is no runner in it
 * @param allowed what tools may do outside of the platform
 * @param mcpServers whose tools it imports, by name
 */
public record PlatformSettings(
        int port,
        int kafkaPort,
        int registryPort,
        Path data,
        boolean fresh,
        Set<String> pools,
        Allowed allowed,
        Map<String, McpSource> mcpServers) {

    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_KAFKA_PORT = 9092;
    public static final int DEFAULT_REGISTRY_PORT = 8081;

    public static final int HIGHEST_PORT = 65_535;

    public PlatformSettings {
        check("port", port);
        check("kafkaPort", kafkaPort);
        check("registryPort", registryPort);
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

    /**
     * What tools may do outside of the platform.
     *
     * @param commands that subprocess tools may run
     * @param reach of http_request, and of HTTP tools that name no hosts
     */
    public record Allowed(Set<Path> commands, Reach reach) {

        public static final Allowed NOTHING = new Allowed(Set.of(), Reach.NOTHING);

        public Allowed {
            commands = Set.copyOf(commands);
        }
    }

    /** On any free ports and without a runner, for tests. */
    public static PlatformSettings anywhere(Path data) {
        return new PlatformSettings(0, 0, 0, data, false, Set.of(), Allowed.NOTHING, Map.of());
    }

    public PlatformSettings withPools(Set<String> other) {
        return new PlatformSettings(port, kafkaPort, registryPort, data, fresh, other, allowed, mcpServers);
    }

    public PlatformSettings withMcpServers(Map<String, McpSource> others) {
        return new PlatformSettings(port, kafkaPort, registryPort, data, fresh, pools, allowed, others);
    }

    private static void check(String name, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(name + ": expected 0 to " + HIGHEST_PORT + ", got " + port);
        }
    }
}
