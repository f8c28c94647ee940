package io.breadcrumbs.runner.slot;

import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a work counts against beside the runner's own slots.
 *
 * @param tool name and version; empty if it has no bound of its own
 * @param toolAtMost executions of the tool at once
 * @param workspace name; empty if workspaces have no bound
 * @param workspaceAtMost executions for the workspace at once
 */
public record Bounds(String tool, int toolAtMost, String workspace, int workspaceAtMost) {

    static final Bounds NONE = new Bounds("", 0, "", 0);

    /**
     * What a request counts against.
     *
     * @param perWorkspace 0: workspaces have no bound
     * @param tool null while it is not known
     */
    public static Bounds of(ToolRequest request, int perWorkspace, @Nullable ToolDefinition tool) {
        String workspace = perWorkspace > 0 ? request.getMeta().getWorkspace() : "";
        Integer atMost = tool == null ? null : tool.getConcurrency();
        if (tool == null || atMost == null || atMost <= 0) {
            return new Bounds("", 0, workspace, perWorkspace);
        }
        return new Bounds(Toolbox.key(tool.getName(), tool.getVersion()), atMost, workspace, perWorkspace);
    }
}
