package io.breadcrumbs.runner.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.schemas.Position;
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
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what triggers ask for, again and again until the log has it: the same cause gives the same request id,
 * which receivers recognise. Fails only with what will not get better. Any thread; never blocks.
 */
final class Firing {

    private static final String AUTHOR = "trigger";
    /** A request may wait so long for a runner before it is asked for again, or given up. */
    private static final Duration ANSWERED_AFTER = Duration.ofMinutes(1);

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Bus bus;
    private final Time time;

    Firing(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    /** What is asked for, and why. */
    record Cause(String requestId, ObjectNode input, Instant at, String workspace) {}

    CompletableFuture<Void> ask(Bound trigger, Cause cause) {
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
                .setCataloguePosition(new Position(
                        tool.position().partition().number(), tool.position().offset()))
                .build();
        return publish(Draft.of(topic, cause.requestId(), request), new CompletableFuture<>());
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

    CompletableFuture<Void> cancel(String requestId, String reason) {
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, requestId, Metas.DEFAULT_WORKSPACE, AUTHOR, time.now()))
                .setRequestId(requestId)
                .setReason(reason)
                .build();
        return publish(Draft.of(Catalogue.TOOL_CANCEL, requestId, cancel), new CompletableFuture<>());
    }

    CompletableFuture<Void> note(Bound trigger, Instant tick, String requestId) {
        String tool = trigger.tool().definition().getName();
        String key = trigger.key();
        ToolTriggered mark = ToolTriggered.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_TRIGGERED, key, Metas.DEFAULT_WORKSPACE, AUTHOR, time.now()))
                .setTool(tool)
                .setTrigger(trigger.name())
                .setTickMs(tick.toEpochMilli())
                .setRequestId(requestId)
                .build();
        return publish(Draft.of(Catalogue.TOOL_TRIGGERED, key, mark), new CompletableFuture<>());
    }

    private <V extends SpecificRecord> CompletableFuture<Void> publish(
            Draft<V> draft, CompletableFuture<Void> durable) {
        bus.publish(draft).whenComplete((_, failure) -> {
            if (failure == null) {
                durable.complete(null);
            } else if (isFinal(failure)) {
                durable.completeExceptionally(failure);
            } else {
                time.after(AGAIN, () -> publish(draft, durable));
            }
        });
        return durable;
    }

    private static boolean isFinal(Throwable failure) {
        return isClosed(failure)
                || (cause(failure) instanceof BusException why && why.code().kind() == ErrorCode.Kind.CALLER);
    }

    /** Whether the process ends, so that another one will do what is left. */
    static boolean isClosed(Throwable failure) {
        return cause(failure) instanceof BusException why && why.code() == ErrorCode.CLOSED;
    }

    private static @Nullable Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }
}
