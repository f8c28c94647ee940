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

/**
 * Tells a client that wants to hear of progress what the tool says of it, at most once a second and then the newest;
 * and every few seconds that its request is still under way, where the tool says nothing. Any thread; guarded by its
 * monitor, under which nothing is sent.
 */
final class Ticks {

    static final Duration EVERY = Duration.ofSeconds(5);
    static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private static final int MOST_CHARACTERS = 1_000;
    /** The protocol wants progress to grow, also where clocks go backwards. */
    private static final double LEAST_PROGRESS = 0.001;

    private final Time time;
    private final Exchange exchange;
    private final JsonNode token;
    private final Instant began;
    private @Nullable String said;
    private @Nullable Instant last;
    private double progress;
    private long turn;
    private Runnable timer = () -> {};
    private boolean over;

    private Ticks(Time time, Exchange exchange, JsonNode token) {
        this.time = time;
        this.exchange = exchange;
        this.token = token;
        this.began = time.now();
    }

    /** Begins to tell; null if the client does not want to hear it. */
    static @Nullable Ticks begin(Time time, Exchange exchange) {
        JsonNode token = exchange.progressToken();
        if (token == null) {
            return null;
        }
        Ticks ticks = new Ticks(time, exchange, token);
        ticks.tellIn(EVERY);
        return ticks;
    }

    /** The tool says how far it is. Never blocks. */
    synchronized void told(String text) {
        boolean awaited = said != null;
        said = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
        if (!awaited) {
            Instant before = last;
            Duration since = before == null ? AT_MOST_EVERY : Duration.between(before, time.now());
            tellIn(since.compareTo(AT_MOST_EVERY) < 0 ? AT_MOST_EVERY.minus(since) : Duration.ZERO);
        }
    }

    /** In place of whatever was to be told before. */
    private synchronized void tellIn(Duration wait) {
        timer.run();
        long mine = ++turn;
        timer = time.after(wait, () -> tell(mine));
    }

    private void tell(long mine) {
        ProgressNotification notice = next(mine);
        if (notice != null) {
            exchange.tell(Rpc.notice(
                    McpSchema.METHOD_NOTIFICATION_PROGRESS, Rpc.json(notice).set("progressToken", token)));
        }
    }

    /** What is to be told now, and when something is told again; null if this turn is not to tell any more. */
    private synchronized @Nullable ProgressNotification next(long mine) {
        if (over || mine != turn || exchange.isStopped()) {
            return null;
        }
        Instant now = time.now();
        Duration since = Duration.between(began, now);
        progress = Math.max(progress + LEAST_PROGRESS, since.toMillis() / 1_000.0);
        String message = said == null ? "under way for " + since.toSeconds() + " s" : said;
        said = null;
        last = now;
        tellIn(EVERY);
        return ProgressNotification.builder(String.valueOf(Rpc.plain(token)), progress)
                .message(message)
                .build();
    }

    /** Nothing is told any more. */
    synchronized void end() {
        over = true;
        timer.run();
    }
}
