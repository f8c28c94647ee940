package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One server of the settings: how it is reached, and what becomes of its tools.
 *
 * @param prefix before the names of its tools
 * @param pool whose runners have the server; one of the runner's own
 * @param timeout of its tools
 * @param enabled false: its tools are taken out of the catalogue
 */
public record McpSource(McpServer server, String prefix, String pool, Duration timeout, boolean enabled) {

    /** Long enough for a tool that asks somebody else; who needs longer says so. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9_.-]{0,40}");

    public McpSource {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix: expected up to 40 letters, digits, '_', '.' or '-', got '" + prefix + "'");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout: expected 1 ms or more, got " + timeout);
        }
    }

    /** A server whose tools are named {@code <name>_<tool>}, in the default pool. */
    public static McpSource of(String name, McpServer server) {
        McpSettings.demandName(name);
        return new McpSource(server, name + "_", Catalogue.DEFAULT_POOL, DEFAULT_TIMEOUT, true);
    }
}
