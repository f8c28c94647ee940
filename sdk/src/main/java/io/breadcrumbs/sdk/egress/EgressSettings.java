package io.breadcrumbs.sdk.egress;

import java.time.Duration;

/**
 * What HTTP requests of a runner may use, where a tool's own limits say nothing.
 *
 * @param bodyBytes of a response
 * @param timeout of a request, with its redirects
 */
public record EgressSettings(Reach reach, long bodyBytes, Duration timeout) {

    /** No host, 1 MB, ten seconds. */
    public static final EgressSettings DEFAULT = new EgressSettings(Reach.NOTHING, 1 << 20, Duration.ofSeconds(10));

    public EgressSettings {
        if (bodyBytes < 1) {
            throw new IllegalArgumentException("bodyBytes: expected 1 or more, got " + bodyBytes);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: expected more than 0, got " + timeout);
        }
    }

    public EgressSettings withReach(Reach other) {
        return new EgressSettings(other, bodyBytes, timeout);
    }
}
