package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.tool.JsonShape;

/** A tool that is ready: its definition, what executes it, and the shape of its input. */
public record Prepared(ToolDefinition definition, Executable executable, JsonShape input) {}
