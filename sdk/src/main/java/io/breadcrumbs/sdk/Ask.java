package io.breadcrumbs.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for a tool, made by anybody but a run.
 *
 * @param input the tool's input, a JSON document
 * @param pool the pool that serves the tool; null for the default pool
 * @param deadline how long the answer is worth waiting for
 * @param requestedBy who asks
 */
public record Ask(
        String tool, String input, @Nullable String pool, String workspace, String requestedBy, Duration deadline) {

    /** A request for a tool of the default pool, worth waiting ten seconds for. */
    public static Ask of(String tool, String input) {
        return new Ask(tool, input, null, "default", "sdk", Duration.ofSeconds(10));
    }

    /** The same of a tool in another pool. */
    public Ask inPool(String other) {
        return new Ask(tool, input, other, workspace, requestedBy, deadline);
    }

    public Ask within(Duration other) {
        return new Ask(tool, input, pool, workspace, requestedBy, other);
    }
}
