package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.sdk.egress.Reach;
import java.time.Duration;

/**
 * How events are posted.
 *
 * @param reach what hosts may be posted to
 * @param secrets hides and finds the secrets that posts are signed with
 * @param timeout of one attempt
 * @param attempts before a post becomes a dead letter
 * @param pause before the second attempt; each further one is four times as long
 * @param open posts of one subscription that may wait; any beyond become dead letters at once
 */
public record WebhookSettings(
        Reach reach, SigningSecrets secrets, Duration timeout, int attempts, Duration pause, int open) {

    /** Ten seconds for an attempt, six attempts within some six minutes, a thousand that may wait. */
    public static WebhookSettings of(Reach reach, SigningSecrets secrets) {
        return new WebhookSettings(reach, secrets, Duration.ofSeconds(10), 6, Duration.ofSeconds(1), 1_000);
    }

    /** The same, with other patience. */
    public WebhookSettings patient(Duration otherTimeout, int otherAttempts, Duration otherPause) {
        return new WebhookSettings(reach, secrets, otherTimeout, otherAttempts, otherPause, open);
    }
}
