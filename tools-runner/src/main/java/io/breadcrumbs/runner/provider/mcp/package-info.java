/**
 * Tools of MCP servers: which servers a runner has, which tools they bring into the catalogue, and how these are
 * executed. Calls run on the threads of their executions; what a server changes is imported on virtual threads.
 */
@NullMarked
package io.breadcrumbs.runner.provider.mcp;

import org.jspecify.annotations.NullMarked;
