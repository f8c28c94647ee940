package io.breadcrumbs.runner.execution;

import io.breadcrumbs.runner.slot.Slot;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.tool.Asked;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one execution asks of other tools. Nobody wants the answers of an execution that is stopped: what is open then
 * is cancelled. Any thread.
 */
final class Questions {

    private final Bus bus;
    private final Time time;
    private final ToolRequest request;
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Questions(Bus bus, Time time, ToolRequest request) {
        this.bus = bus;
        this.time = time;
        this.request = request;
    }

    /**
     * Takes note of a question.
     *
     * @param answer the one of the call's answers that the tool may see
     * @param slot given back while it waits
     */
    Asked asked(Call call, CompletableFuture<ToolResponse> answer, Slot slot) {
        String id = call.requestId();
        open.add(id);
        call.answered().whenComplete((_, _) -> open.remove(id));
        if (stopped) {
            cancelOpen();
        }
        return new Waiting(id, answer, slot);
    }

    /** Nobody waits any more. */
    void stop() {
        stopped = true;
        cancelOpen();
    }

    private void cancelOpen() {
        for (String id : List.copyOf(open)) {
            if (open.remove(id)) {
                ToolCancel cancel = ToolCancel.newBuilder()
                        .setMeta(Metas.of(
                                Catalogue.TOOL_CANCEL,
                                id,
                                request.getMeta().getWorkspace(),
                                bus.instance(),
                                time.now()))
                        .setRequestId(id)
                        .setReason("request " + request.getRequestId() + ", which asked for it, was stopped")
                        .build();
                bus.publish(Catalogue.TOOL_CANCEL, id, cancel); // if the log does not take it, its deadline ends it
            }
        }
    }

    private record Waiting(String requestId, CompletableFuture<ToolResponse> answer, Slot slot) implements Asked {

        @Override
        public String await() throws ToolFailure, InterruptedException {
            slot.giveBack();
            String output;
            try {
                output = Outputs.of(answer);
            } catch (ToolFailure failure) {
                slot.takeAgain();
                throw failure;
            }
            slot.takeAgain(); // not where it was interrupted: who is to end does not wait for a slot
            return output;
        }
    }
}
