package io.breadcrumbs.runner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.tool.ToolContext;

/** A tool of whatever kind that is ready to be executed. Several executions at once. */
public interface Executable extends AutoCloseable {

    /**
     * Executes one request whose input has been checked, on a virtual thread of its own; may block. An interrupt means
     * that the execution is to end, with nothing left running.
     *
     * @return the output, a JSON document
     * @throws io.breadcrumbs.sdk.tool.ToolFailure for what the provider foresees; anything else is of kind runtime
     */
    String execute(JsonNode input, ToolContext context) throws Exception;

    /** The tool is gone, or another version takes its place; executions may still run. */
    @Override
    default void close() {}
}
