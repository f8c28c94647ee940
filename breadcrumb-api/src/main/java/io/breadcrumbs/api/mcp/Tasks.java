package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Revision;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.view.RunLine;
import java.time.Instant;

/**
 * The tasks extension of revision 2026-07-28: a task is a run, under its id. To a client that knows tasks
 * {@code invoke} answers one, instead of waiting. Blocks.
 */
final class Tasks {

    static final String EXTENSION = "io.modelcontextprotocol/tasks";
    static final String GET = "tasks/get";
    static final String CANCEL = "tasks/cancel";
    static final String UPDATE = "tasks/update";

    private static final int POLL_MS = 1_000;

    private final RunDesk desk;
    private final RunTools tools;

    Tasks(RunDesk desk, RunTools tools) {
        this.desk = desk;
        this.tools = tools;
    }

    /** Whether who asks takes a task for an answer. */
    static boolean isKnownTo(Exchange exchange) {
        JsonNode extensions = exchange.request()
                .meta()
                .path("io.modelcontextprotocol/clientCapabilities")
                .path("extensions");
        return exchange.revision() == Revision.STATELESS && extensions.has(EXTENSION);
    }

    /** Starts a workflow, and answers the task that it is. */
    ObjectNode begun(Exchange exchange, ObjectNode arguments) {
        String runId = tools.start(exchange.caller(), arguments);
        ObjectNode task = task(desk.line(exchange.caller(), runId));
        return task.put("status", "working").put("resultType", "task");
    }

    ObjectNode get(Exchange exchange) {
        Caller caller = exchange.caller();
        RunLine line = desk.line(caller, exchange.request().text("taskId"));
        ObjectNode task = task(line);
        if (!line.over()) {
            return task.put("status", "working");
        }
        if (line.summary().status().equals("cancelled")) {
            return task.put("status", "cancelled");
        }
        task.set("result", Rpc.json(tools.state(caller, line.runId())).put("resultType", "complete"));
        return task.put("status", "completed");
    }

    /** Asks for the run's end; one that is over stays as it is. */
    ObjectNode cancel(Exchange exchange) {
        Caller caller = exchange.caller();
        String runId = exchange.request().text("taskId");
        try {
            desk.ask(caller, runId, runs -> runs.cancel(runId, "asked for by " + caller.name()));
        } catch (ProblemException e) {
            if (e.problem().code() != ProblemCode.STATE) {
                throw e;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Nothing is ever asked of the client, so that there is nothing to be answered. */
    ObjectNode update(Exchange exchange) {
        desk.line(exchange.caller(), exchange.request().text("taskId"));
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode task(RunLine line) {
        long changed = Math.max(line.summary().startedAt(), line.summary().endedAt());
        ObjectNode task = JsonNodeFactory.instance.objectNode().put("taskId", line.runId());
        return task.put("statusMessage", "the run is " + line.summary().status())
                .put(
                        "createdAt",
                        Instant.ofEpochMilli(line.summary().startedAt()).toString())
                .put("lastUpdatedAt", Instant.ofEpochMilli(changed).toString())
                .putNull("ttlMs")
                .put("pollIntervalMs", POLL_MS);
    }
}
