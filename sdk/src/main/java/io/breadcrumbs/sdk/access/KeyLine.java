package io.breadcrumbs.sdk.access;

import io.breadcrumbs.schemas.AccessKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a key.
 *
 * @param name of who has it
 * @param workspace that it is for
 * @param expiresAt null: it does not expire
 * @param revokedAt null: it is not revoked
 */
public record KeyLine(
        String id,
        String name,
        String workspace,
        List<String> roles,
        Instant madeAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public KeyLine {
        roles = List.copyOf(roles);
    }

    /** What may be told of this one. */
    public static KeyLine of(AccessKey key) {
        return new KeyLine(
                key.getKeyId(),
                key.getName(),
                key.getMeta().getWorkspace(),
                key.getRoles(),
                Instant.ofEpochMilli(key.getMeta().getCreatedAtMs()),
                moment(key.getExpiresAtMs()),
                moment(key.getRevokedAtMs()));
    }

    private static @Nullable Instant moment(@Nullable Long ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }

    /** Whether its time is over. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
