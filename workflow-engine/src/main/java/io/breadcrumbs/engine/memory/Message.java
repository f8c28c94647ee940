package io.breadcrumbs.engine.memory;

import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowCommandKind;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What reaches a run from outside: a command, or an answer.
 *
 * @param inputId by which the journal names it
 * @param body a {@link WorkflowCommand} or a {@link ToolResponse}
 * @param trace the traceparent that it came with
 */
public record Message(
        String runId,
        String inputId,
        SpecificRecord body,
        @Nullable String trace) {

    private static final int MOST_ID = 400;

    /** What a command is told whose ids are none. */
    public static final String EXPECTED = "expected a run id of 1 to " + MOST_ID
            + " characters without a zero, and a command id of at most " + 2 * MOST_ID;

    /** The message that a command is; null if its run has no proper id. */
    public static @Nullable Message of(WorkflowCommand command, @Nullable String trace) {
        return proper(command.getRunId(), command.getCommandId())
                ? new Message(command.getRunId(), "command/" + command.getCommandId(), command, trace)
                : null;
    }

    /** Whether it is the start of a schedule's run. */
    public boolean ticks() {
        return body instanceof WorkflowCommand command && command.getTick() != null;
    }

    /** Whether nobody waits for what is decided about it, if the run is deleted. */
    public boolean moot() {
        return !(body instanceof WorkflowCommand command) || (!begins(command) && command.getParentRunId() != null);
    }

    /** Whether it asks for a run that does not exist yet. */
    public boolean begins() {
        return body instanceof WorkflowCommand command && begins(command);
    }

    /** Whether it asks for a run under an id that others may ask for, too: the first that does so in the log has it. */
    public boolean contends() {
        return body instanceof WorkflowCommand command && begins(command) && !command.getDrawn();
    }

    /** Whether a command asks for a run that does not exist yet. */
    static boolean begins(WorkflowCommand command) {
        return command.getKind() == WorkflowCommandKind.START || command.getKind() == WorkflowCommandKind.FORK;
    }

    /** The message that an answer is; null if no run has asked, or one without a proper id. */
    public static @Nullable Message of(ToolResponse answer, @Nullable String trace) {
        String runId = answer.getRunId();
        return runId != null && proper(runId, answer.getRequestId())
                ? new Message(runId, answer(answer.getRequestId()), answer, trace)
                : null;
    }

    /** How the journal names the answer to a request. */
    public static String answer(String requestId) {
        return "answer/" + requestId;
    }

    private static boolean proper(String runId, String id) {
        return !runId.isEmpty() && runId.length() <= MOST_ID && id.length() <= 2 * MOST_ID && runId.indexOf('\0') < 0;
    }
}
