/**
 * Who is connected to the MCP server: messages, the requests that are being answered, the streams on which answers and
 * notices go out, sessions. Knows nothing of tools. Any thread; callbacks never run under a lock.
 */
@NullMarked
package io.breadcrumbs.api.mcp.session;

import org.jspecify.annotations.NullMarked;
