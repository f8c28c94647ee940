package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.runner.provider.mcp.connection.McpLimits;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The MCP servers of a runner.
 *
 * @param servers by name
 * @param alone whether nobody else has servers in this runner's pools: tools of servers that are not named here are
 *     taken out of the catalogue then; otherwise a runner that lacks a server of its pools does not join
 * @param limits of connections
 * @param outputBytes of one output, where a tool's limits say nothing
 */
public record McpSettings(Map<String, McpSource> servers, boolean alone, McpLimits limits, long outputBytes) {

    /** No server; 1 MB of output. */
    public static final McpSettings DEFAULT = new McpSettings(Map.of(), false, McpLimits.DEFAULT, 1 << 20);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,31}");

    public McpSettings {
        servers = Map.copyOf(servers);
        for (String name : servers.keySet()) {
            demandName(name);
        }
        if (outputBytes < 1) {
            throw new IllegalArgumentException("outputBytes: expected 1 or more, got " + outputBytes);
        }
    }

    static void demandName(String server) {
        if (!NAME.matcher(server).matches()) {
            throw new IllegalArgumentException("server: expected a name of a letter or digit, then up to 31 letters,"
                    + " digits, '_', '.' or '-', got '" + server + "'");
        }
    }

    /** The same settings with other servers. */
    public McpSettings withServers(Map<String, McpSource> others) {
        return new McpSettings(others, alone, limits, outputBytes);
    }

    /** The same settings of a runner that nobody else shares its pools' servers with. */
    public McpSettings asAlone() {
        return new McpSettings(servers, true, limits, outputBytes);
    }
}
