/** Tests of the MCP server's sessions and streams. */
@NullMarked
package io.breadcrumbs.api.mcp;

import org.jspecify.annotations.NullMarked;
