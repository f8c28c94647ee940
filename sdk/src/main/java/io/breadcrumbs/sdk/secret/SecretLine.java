package io.breadcrumbs.sdk.secret;

import io.breadcrumbs.schemas.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a secret.
 *
 * @param setAt when it got its value
 * @param by who gave it that; null if nobody says so
 * @param masterKey id of the master key that it is under
 */
public record SecretLine(
        String workspace,
        String name,
        Instant setAt,
        @Nullable String by,
        String masterKey) {

    /** What may be told of this one. */
    public static SecretLine of(Secret secret) {
        return new SecretLine(
                secret.getMeta().getWorkspace(),
                secret.getName(),
                Instant.ofEpochMilli(secret.getMeta().getCreatedAtMs()),
                secret.getMeta().getAuthor(),
                secret.getMasterKey());
    }
}
