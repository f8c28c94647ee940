package io.breadcrumbs.sdk.egress;

import java.time.Instant;

/**
 * What one request may use.
 *
 * @param bodyBytes of a response
 * @param until when it must have ended, with all redirects
 * @param redirects whether they are followed; otherwise they are the response
 */
public record Allowance(Reach reach, long bodyBytes, Instant until, boolean redirects) {

    public Allowance {
        if (bodyBytes < 0 || bodyBytes > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("bodyBytes: expected 0 to 2 GB, got " + bodyBytes);
        }
    }

    /** One whose redirects are followed. */
    public Allowance(Reach reach, long bodyBytes, Instant until) {
        this(reach, bodyBytes, until, true);
    }
}
