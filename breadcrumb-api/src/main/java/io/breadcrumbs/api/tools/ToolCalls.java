package io.breadcrumbs.api.tools;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Durably;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for tools in the name of callers, and stops what nobody waits for any more. Any thread; never blocks. */
public final class ToolCalls implements AutoCloseable {

    /** The longest that an answer is waited for. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);

    /** What a request may wait for a free runner, beside the time that its tool may take. */
    private static final Duration QUEUED_AT_MOST = Duration.ofSeconds(5);

    private final Bus bus;
    private final Time time;
    private final ToolProgress progress;

    public ToolCalls(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
        progress = new ToolProgress(bus, time);
    }

    /** A request that is under way. */
    public final class Running {

        private final Caller caller;
        private final Call call;

        private Running(Caller caller, Call call) {
            this.caller = caller;
            this.call = call;
        }

        public String requestId() {
            return call.requestId();
        }

        /** The answer as the log has it. */
        public CompletableFuture<ToolResponse> answer() {
            return call.durable();
        }

        /** Tells what the tool tells of its progress, until the answer is there. The listener must not block. */
        public void hear(Consumer<String> told) {
            Runnable ends = progress.hear(requestId(), told);
            answer().whenComplete((_, _) -> ends.run());
        }

        /** Stops it, unless it is answered. */
        public void cancel(String reason) {
            if (!call.answered().isDone()) {
                stop(caller, call.requestId(), reason);
            }
        }
    }

    /**
     * Asks for a tool.
     *
     * @param input JSON
     * @param atMost how long the answer is worth waiting for; null: as long as the tool may take
     */
    public Running ask(Caller caller, Listed tool, String input, @Nullable Duration atMost) {
        ToolDefinition definition = tool.definition();
        Duration deadline = atMost == null ? usual(definition) : atMost;
        Ask ask = new Ask(
                definition.getName(),
                input,
                definition.getPool(),
                caller.workspace(),
                caller.name(),
                deadline,
                tool.position());
        return new Running(caller, bus.request(ask));
    }

    /** Nobody hears of progress any more. */
    @Override
    public void close() {
        progress.close();
    }

    private static Duration usual(ToolDefinition definition) {
        Duration usual =
                Duration.ofMillis(Math.max(0, definition.getTimeoutMs())).plus(QUEUED_AT_MOST);
        return usual.compareTo(LONGEST) < 0 ? usual : LONGEST;
    }

    private void stop(Caller caller, String requestId, String reason) {
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, requestId, caller.workspace(), caller.name(), time.now()))
                .setRequestId(requestId)
                .setReason(reason)
                .build();
        new Durably(bus, time)
                .publish(Draft.of(Catalogue.TOOL_CANCEL, requestId, cancel))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.atWarn()
                                .addKeyValue("event", "cancel-failed")
                                .log("request {} was not stopped: {}", requestId, failure.getMessage());
                    }
                });
    }
}
