package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.log.Fetched;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks whether starts, cancels and results of child runs stand in the log before a decision that counts orders them.
 */
final class Gates {

    private final Reference reference;
    private final Consumer<String> bad;
    /** The requests that are answered by the end of a run. */
    private final Set<String> answeredByRuns = new HashSet<>();

    Gates(Reference reference, Consumer<String> bad) {
        this.reference = reference;
        this.bad = bad;
    }

    /** A record stands in the log. The journal's own is read before. */
    void appended(Fetched fetched) {
        byte[] value = fetched.record().value();
        String topic = fetched.partition().topic();
        try {
            if (value != null && topic.equals(Catalogue.WORKFLOW_COMMAND.name())) {
                commanded(EngineSimulation.WIRE.decode(Catalogue.WORKFLOW_COMMAND, value));
            } else if (value != null && topic.equals(Catalogue.TOOL_CANCEL.name())) {
                cancelled(EngineSimulation.WIRE.decode(Catalogue.TOOL_CANCEL, value));
            } else if (value != null && topic.equals(Catalogue.TOOL_RESPONSE.name())) {
                answered(EngineSimulation.WIRE.decode(Catalogue.TOOL_RESPONSE, value));
            }
        } catch (UndecodableException e) {
            bad.accept(topic + " cannot be read: " + e.getMessage());
        }
    }

    private void commanded(WorkflowCommand command) {
        String parent = command.getParentRunId();
        String request = command.getParentRequestId();
        if (request != null) {
            answeredByRuns.add(request);
            if (!reference.hasOrdered(request)) {
                bad.accept(command.getRunId() + " is started, and nothing that counts orders " + request);
            }
        } else if (parent != null && !reference.hasStopped(parent) && !reference.hasDeleted(parent)) {
            bad.accept(command.getCommandId() + " is sent, and " + parent + " goes on");
        }
    }

    private void cancelled(ToolCancel cancel) {
        String run = cancel.getRunId();
        long sequence = cancel.getJournalSequence();
        if (run == null || !reference.hasStopped(run, sequence)) {
            bad.accept("requests of " + run + " are cancelled, and no stop of it counts at " + sequence);
        }
    }

    private void answered(ToolResponse answer) {
        String request = answer.getRequestId();
        if (answeredByRuns.contains(request) && !reference.hasEnded(request)) {
            bad.accept(request + " is answered, and no end of its run counts");
        }
    }
}
