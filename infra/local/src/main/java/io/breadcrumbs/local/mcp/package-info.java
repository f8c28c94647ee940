/**
 * The bridge for MCP clients that speak over standard input and output only: what they say goes to the MCP server of a
 * platform, what it answers comes back. Uses {@code console} and the JDK's HTTP client. Lines are read by the main
 * thread; each request waits for its answer on a virtual thread.
 */
@NullMarked
package io.breadcrumbs.local.mcp;

import org.jspecify.annotations.NullMarked;
