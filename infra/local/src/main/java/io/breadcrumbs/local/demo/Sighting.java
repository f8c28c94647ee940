package io.breadcrumbs.local.demo;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.sdk.Lane;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that was seen.
 *
 * @param lane by which it came; null: on its way to the log, when this process published it
 * @param nanos when, as {@link System#nanoTime} counts
 */
record Sighting(SpecificRecord value, @Nullable Lane lane, long nanos) {

    /** What tells a record from all others; that of an input is how the journal names it. */
    String id() {
        return switch (value) {
            case WorkflowCommand command -> "command/" + command.getCommandId();
            case ToolResponse answer -> "answer/" + answer.getRequestId();
            case ToolRequest request -> "request/" + request.getRequestId();
            case WorkflowEvent batch -> "batch/" + batch.getRunId() + "/" + batch.getSequence();
            default -> throw new IllegalArgumentException("no record of a run: " + value.getSchema());
        };
    }

    /** The run that it belongs to; null if it belongs to none. */
    @Nullable
    String runId() {
        return switch (value) {
            case WorkflowCommand command -> command.getRunId();
            case ToolResponse answer -> answer.getRunId();
            case ToolRequest request -> request.getRunId();
            case WorkflowEvent batch -> batch.getRunId();
            default -> null;
        };
    }
}
