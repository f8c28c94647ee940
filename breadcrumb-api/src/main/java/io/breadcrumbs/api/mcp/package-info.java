/**
 * The platform as an MCP server, at {@code /mcp}: its tools, its breadcrumbs as resources, its runs. Uses the types of
 * the MCP library, {@code session} for who is connected, and what stands behind the other routes. Requests are taken on
 * virtual threads; nothing waits there for a tool.
 */
@NullMarked
package io.breadcrumbs.api.mcp;

import org.jspecify.annotations.NullMarked;
