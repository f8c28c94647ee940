package io.breadcrumbs.api.tools;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.log.Position;

/** A tool of the catalogue, and where it stands there: a runner that is asked for it has read as far. */
public record Listed(ToolDefinition definition, Position position) {

    public String name() {
        return definition.getName();
    }
}
