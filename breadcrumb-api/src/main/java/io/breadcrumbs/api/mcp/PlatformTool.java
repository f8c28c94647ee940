package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A tool that the server has itself, beside those of the catalogue.
 *
 * @param tool how it is described
 * @param shape of its arguments, as its description has it
 * @param work what it does
 */
record PlatformTool(Tool tool, JsonShape shape, Work work) {

    /** Whether it only reads. */
    boolean reads() {
        return Boolean.TRUE.equals(tool.annotations().readOnlyHint());
    }

    /** Refuses arguments of another shape than it has described. */
    void check(ObjectNode arguments) {
        try {
            shape.check(arguments);
        } catch (ToolFailure e) {
            throw new ProblemException(ProblemCode.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** What a tool of the server does. */
    @FunctionalInterface
    interface Work {

        /**
         * Called on a virtual thread of its own, on which it may block, with arguments of the described shape.
         *
         * @throws ProblemException for what becomes the tool's error
         */
        CallToolResult call(Exchange exchange, ObjectNode arguments);
    }
}
