package io.breadcrumbs.runner.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.ToolTriggered;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes what triggers ask for, again and again until the log has it: the same cause gives the same request id,
 * which receivers recognise. Fails only with what will not get better. Any thread; never blocks.
 */
final class Firing {

    private static final String AUTHOR = "trigger";
    /** A request may wait so long for a runner before it is asked for again, or given up. */
    private static final Duration ANSWERED_AFTER = Duration.ofMinutes(1);

    private final Bus bus;
    private final Durably log;
    private final Time time;

    Firing(Bus bus, Time time) {
        this.bus = bus;
        this.log = new Durably(bus, time);
        this.time = time;
    }

    /** What is asked for, and why. */
    record Cause(String requestId, ObjectNode input, Instant at, String workspace) {}

    CompletableFuture<Position> ask(Bound trigger, Cause cause) {
        Entry tool = trigger.tool();
        ToolDefinition definition = tool.definition();
        Topic<ToolRequest> topic = Catalogue.toolRequest(definition.getPool());
        ToolRequest request = ToolRequest.newBuilder()
                .setMeta(Metas.of(topic, cause.requestId(), cause.workspace(), AUTHOR, cause.at()))
                .setRequestId(cause.requestId())
                .setTool(definition.getName())
                .setToolVersion(definition.getVersion())
                .setInput(cause.input().toString())
                .setRequestedBy(AUTHOR + " " + trigger.name())
                .setIdempotencyKey(cause.requestId())
                .setPool(definition.getPool())
                .setSideEffects(definition.getSideEffects())
                .setCataloguePosition(new io.breadcrumbs.schemas.Position(
                        tool.position().partition().number(), tool.position().offset()))
                .build();
        return log.publish(Draft.of(topic, cause.requestId(), request));
    }

    /**
     * Asks, and waits for the answer.
     *
     * @return the answer when the log has it; fails if nobody answers for much longer than the tool may take
     */
    CompletableFuture<ToolResponse> call(Bound trigger, Cause cause) {
        Duration timeout = Duration.ofMillis(trigger.tool().definition().getTimeoutMs());
        Call call = bus.await(cause.requestId(), timeout.plus(ANSWERED_AFTER));
        return ask(trigger, cause).thenCompose(_ -> call.durable());
    }

    CompletableFuture<Position> cancel(String requestId, String reason) {
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, requestId, Metas.DEFAULT_WORKSPACE, AUTHOR, time.now()))
                .setRequestId(requestId)
                .setReason(reason)
                .build();
        return log.publish(Draft.of(Catalogue.TOOL_CANCEL, requestId, cancel));
    }

    CompletableFuture<Position> note(Bound trigger, Instant tick, String requestId) {
        String tool = trigger.tool().definition().getName();
        String key = trigger.key();
        ToolTriggered mark = ToolTriggered.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_TRIGGERED, key, Metas.DEFAULT_WORKSPACE, AUTHOR, time.now()))
                .setTool(tool)
                .setTrigger(trigger.name())
                .setTickMs(tick.toEpochMilli())
                .setRequestId(requestId)
                .build();
        return log.publish(Draft.of(Catalogue.TOOL_TRIGGERED, key, mark));
    }

    /** Whether the process ends, so that another one will do what is left. */
    static boolean isClosed(Throwable failure) {
        return BusException.codeOf(failure) == ErrorCode.CLOSED;
    }
}
