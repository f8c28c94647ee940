package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolError;

/** How an execution ended. */
public sealed interface Outcome {

    record Success(String output) implements Outcome {}

    record Failure(ToolError error) implements Outcome {}
}
