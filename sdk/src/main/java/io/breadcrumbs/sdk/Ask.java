package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for a tool, made by anybody but a run.
 *
 * @param input the tool's input, a JSON document
 * @param pool the pool that serves the tool; null for the default pool
 * @param deadline how long the answer is worth waiting for
 * @param requestedBy who asks
 * @param seen where the tool's definition stands in the catalogue, if it was looked up: a runner reads up to there
 */
public record Ask(
        String tool,
        String input,
        @Nullable String pool,
        String workspace,
        String requestedBy,
        Duration deadline,
        @Nullable Position seen) {

    /** A request for a tool that was not looked up. */
    public Ask(
            String tool, String input, @Nullable String pool, String workspace, String requestedBy, Duration deadline) {
        this(tool, input, pool, workspace, requestedBy, deadline, null);
    }

    /** A request for a tool of the default pool, worth waiting ten seconds for. */
    public static Ask of(String tool, String input) {
        return new Ask(tool, input, null, "default", "sdk", Duration.ofSeconds(10));
    }

    /** The same of a tool in another pool. */
    public Ask inPool(String other) {
        return new Ask(tool, input, other, workspace, requestedBy, deadline, seen);
    }

    public Ask within(Duration other) {
        return new Ask(tool, input, pool, workspace, requestedBy, other, seen);
    }

    /** The same by who has seen the tool's definition at this place in the catalogue. */
    public Ask seen(Position definition) {
        return new Ask(tool, input, pool, workspace, requestedBy, deadline, definition);
    }
}
