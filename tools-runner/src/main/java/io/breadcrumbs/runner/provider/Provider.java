package io.breadcrumbs.runner.provider;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Optional;

/** Makes executables of one kind of tool from their definitions. */
public interface Provider {

    ToolKind kind();

    /**
     * Makes a tool ready. Called when its definition is new or has changed, from a thread that may wait a little.
     *
     * @throws ToolFailure of kind validation if the definition cannot work: requests are answered with that
     */
    Executable prepare(ToolDefinition definition) throws ToolFailure;

    /**
     * What this runner lacks to execute a tool of one of its pools, as a sentence goes on after "pool 'x' has"; empty
     * if nothing. A runner that lacks something does not join that pool.
     */
    default Optional<String> lacks(ToolDefinition definition) {
        return Optional.empty();
    }
}
