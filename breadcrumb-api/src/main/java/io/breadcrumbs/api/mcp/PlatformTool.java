package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.problem.ProblemException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A tool that the server has itself, beside those of the catalogue.
 *
 * @param tool how it is described
 * @param work what it does
 */
record PlatformTool(Tool tool, Work work) {

    /** Whether it only reads. */
    boolean reads() {
        return Boolean.TRUE.equals(tool.annotations().readOnlyHint());
    }

    /** What a tool of the server does. */
    @FunctionalInterface
    interface Work {

        /**
         * Called on a virtual thread of its own, on which it may block.
         *
         * @throws ProblemException for what becomes the tool's error
         */
        CallToolResult call(Exchange exchange, ObjectNode arguments);
    }
}
