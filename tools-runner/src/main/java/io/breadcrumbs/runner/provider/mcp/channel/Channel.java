package io.breadcrumbs.runner.provider.mcp.channel;

import io.modelcontextprotocol.spec.McpClientTransport;

/**
 * Carries the messages of one session, and tells its owner when it cannot any more. What is sent completes with a
 * {@link ChannelException} if it was not carried.
 */
public interface Channel extends McpClientTransport {

    /** Nobody waits for the answer to this request any more: what is kept for it is freed. Does not block. */
    void abandon(Object requestId);
}
