/**
 * Connections to MCP servers. A link keeps one server connected; a session is one connection to it, from its handshake
 * to its end. Calls run on the threads of their executions, connections are made on virtual threads. What the MCP
 * library calls back must not block.
 */
@NullMarked
package io.breadcrumbs.runner.provider.mcp.connection;

import org.jspecify.annotations.NullMarked;
