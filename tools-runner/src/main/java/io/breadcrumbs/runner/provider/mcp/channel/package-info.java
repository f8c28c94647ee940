/**
 * What carries messages to an MCP server and back: a process's lines, or HTTP. Reads and writes on threads of its own,
 * which end with the channel; what it calls back must not block.
 */
@NullMarked
package io.breadcrumbs.runner.provider.mcp.channel;

import org.jspecify.annotations.NullMarked;
