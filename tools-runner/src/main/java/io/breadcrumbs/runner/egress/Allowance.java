package io.breadcrumbs.runner.egress;

import java.time.Instant;

/**
 * What one request may use.
 *
 * @param bodyBytes of a response
 * @param until when it must have ended, with all redirects
 */
public record Allowance(Reach reach, long bodyBytes, Instant until) {

    public Allowance {
        if (bodyBytes < 0 || bodyBytes > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("bodyBytes: expected 0 to 2 GB, got " + bodyBytes);
        }
    }
}
