package io.breadcrumbs.sdk.workflow.definition;

import java.time.Duration;
import java.util.Set;

/**
 * How often a failed step is tried.
 *
 * @param attempts how often in all, at least 1
 * @param backoff the pause before the second attempt
 * @param factor by how much each further pause is longer
 * @param most the longest pause
 * @param jitter how much of a pause is left to chance, from 0 to 1
 * @param on the kinds of errors after which it is tried again, in lower case as in answers; empty: those that say
 *     themselves that a retry can help
 */
public record Retry(int attempts, Duration backoff, double factor, Duration most, double jitter, Set<String> on) {

    /** Once. */
    public static final Retry NEVER = new Retry(1, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2, Set.of());

    public Retry {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: expected at least 1, got " + attempts);
        }
        if (backoff.isNegative() || most.isNegative()) {
            throw new IllegalArgumentException(
                    "backoff, most: expected 0 or more, got " + backoff + " and at most " + most);
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("factor: expected at least 1, got " + factor);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter: expected 0 to 1, got " + jitter);
        }
        on = Set.copyOf(on);
    }
}
