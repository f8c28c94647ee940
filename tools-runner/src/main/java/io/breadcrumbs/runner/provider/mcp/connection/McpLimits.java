package io.breadcrumbs.runner.provider.mcp.connection;

import java.time.Duration;

/**
 * What a connection may take.
 *
 * @param connectTimeout until a server has told its tools
 * @param messageBytes of one message from a server
 */
public record McpLimits(Duration connectTimeout, int messageBytes) {

    /** 30 s, 4 MB. */
    public static final McpLimits DEFAULT = new McpLimits(Duration.ofSeconds(30), 4 << 20);

    public McpLimits {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout: expected more than 0, got " + connectTimeout);
        }
        if (messageBytes < 1) {
            throw new IllegalArgumentException("messageBytes: expected 1 or more, got " + messageBytes);
        }
    }
}
