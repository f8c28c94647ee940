package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.sdk.Time;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells a client that wants to hear of progress, every few seconds, that its request is still under way. */
final class Ticks {

    static final Duration EVERY = Duration.ofSeconds(5);

    private final Time time;
    private final Exchange exchange;
    private final JsonNode token;
    private final Instant began;
    private volatile boolean over;
    private volatile @Nullable Runnable timer;

    private Ticks(Time time, Exchange exchange, JsonNode token) {
        this.time = time;
        this.exchange = exchange;
        this.token = token;
        this.began = time.now();
    }

    /** Begins to tell, if the client wants to hear it; the handle ends it. */
    static Runnable begin(Time time, Exchange exchange) {
        JsonNode token = exchange.progressToken();
        if (token == null) {
            return () -> {};
        }
        Ticks ticks = new Ticks(time, exchange, token);
        ticks.later();
        return ticks::end;
    }

    private void later() {
        timer = time.after(EVERY, this::tick);
    }

    private void tick() {
        if (over || exchange.isStopped()) {
            return;
        }
        long seconds = Duration.between(began, time.now()).toSeconds();
        ProgressNotification progress = ProgressNotification.builder(String.valueOf(Rpc.plain(token)), (double) seconds)
                .message("under way for " + seconds + " s")
                .build();
        exchange.tell(Rpc.notice(
                McpSchema.METHOD_NOTIFICATION_PROGRESS, Rpc.json(progress).set("progressToken", token)));
        later();
    }

    private void end() {
        over = true;
        Runnable pending = timer;
        if (pending != null) {
            pending.run();
        }
    }
}
