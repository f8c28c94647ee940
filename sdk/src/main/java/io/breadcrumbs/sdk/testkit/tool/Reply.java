package io.breadcrumbs.sdk.testkit.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.sdk.tool.ToolFailure;

/** What another tool answers in a trial. */
@FunctionalInterface
public interface Reply {

    /**
     * Called when the tool on trial asks, on its thread.
     *
     * @return the output, a JSON document
     * @throws ToolFailure that the tool on trial meets when it awaits the answer
     */
    String to(JsonNode input) throws ToolFailure;
}
