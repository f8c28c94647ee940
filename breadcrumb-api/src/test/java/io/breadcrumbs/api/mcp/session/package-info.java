/** Tests of the MCP server's sessions and streams. */
@NullMarked
package io.breadcrumbs.api.mcp.session;

import org.jspecify.annotations.NullMarked;
