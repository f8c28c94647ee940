package io.breadcrumbs.sdk.access;

import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that callers are known by, as the log has them: what is made or revoked anywhere holds here as soon as it is
 * read. Who has a key is kept, the key is not.
 */
public final class AccessKeys implements TailReader<AccessKey>, AutoCloseable {

    private static final int NAME_CHARS = 256;

    private final Map<String, AccessKey> byId = new ConcurrentHashMap<>();
    private final Tail tail;

    /**
     * Whom a new key is for.
     *
     * @param name of the agent or user
     * @param roles by their names
     * @param expires null: never
     */
    public record Grant(
            String workspace,
            String name,
            List<String> roles,
            @Nullable Instant expires) {

        public Grant {
            if (workspace.isBlank() || name.isBlank() || roles.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected a workspace, a name and roles, got '" + workspace + "', '" + name + "' and " + roles);
            }
            if (name.length() > NAME_CHARS || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("name: expected at most " + NAME_CHARS
                        + " characters, none of them a control character, got " + name.length());
            }
            roles = List.copyOf(roles);
        }
    }

    /**
     * A key that was made.
     *
     * @param key to be shown once: nobody can find it again
     */
    public record Made(String id, String key) {

        @Override
        public String toString() {
            return "key " + id;
        }
    }

    public AccessKeys(Bus bus) {
        tail = bus.tail(TailFrom.beginning(Catalogue.ACCESS_KEY), this);
    }

    /** Completes when all keys have been read that there were. */
    public CompletableFuture<Void> whenRead() {
        return tail.caughtUp();
    }

    /** Who has this key; empty if nobody has, or not any more. */
    public Optional<AccessKey> holder(String key, Instant now) {
        return KeyText.of(key)
                .flatMap(text -> Optional.ofNullable(byId.get(text.id()))
                        .filter(known -> text.hasHash(known.getHash()))
                        .filter(known -> isValid(known, now)));
    }

    public static boolean isValid(AccessKey key, Instant now) {
        Long expires = key.getExpiresAtMs();
        return key.getRevokedAtMs() == null && (expires == null || now.toEpochMilli() < expires);
    }

    /** All that there are, revoked ones too, the oldest first. */
    public List<AccessKey> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingLong(
                                (AccessKey key) -> key.getMeta().getCreatedAtMs())
                        .thenComparing(AccessKey::getKeyId))
                .toList();
    }

    /** The key of this id, if it is known here; a revoked one too. */
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public void read(Breadcrumb<AccessKey> breadcrumb, Position position, Lane lane) {
        AccessKey key = breadcrumb.value();
        if (key == null) {
            byId.remove(breadcrumb.key());
        } else if (breadcrumb.key().equals(key.getKeyId())) {
            byId.put(key.getKeyId(), key);
        }
    }

    @Override
    public void close() {
        tail.close();
    }

    // ------------------------------------------------------------------ changes

    /**
     * Makes a key; completes when it is durable.
     *
     * @param author who makes it
     */
    public static CompletableFuture<Made> make(Bus bus, Grant grant, String author, Instant now) {
        KeyText text = KeyText.drawn(new SecureRandom());
        Instant expires = grant.expires();
        AccessKey record = AccessKey.newBuilder()
                .setMeta(Metas.of(Catalogue.ACCESS_KEY, text.id(), grant.workspace(), author, now))
                .setKeyId(text.id())
                .setHash(text.hash())
                .setName(grant.name())
                .setRoles(grant.roles())
                .setExpiresAtMs(expires == null ? null : expires.toEpochMilli())
                .build();
        return bus.publish(Catalogue.ACCESS_KEY, text.id(), record).thenApply(_ -> new Made(text.id(), text.text()));
    }

    /**
     * Ends a key for good; completes when that is durable.
     *
     * @param author who ends it
     */
    public static CompletableFuture<Position> revoke(Bus bus, AccessKey key, String author, Instant now) {
        Meta meta = Meta.newBuilder(key.getMeta())
                .setVersion(key.getMeta().getVersion() + 1)
                .setUpdatedAtMs(now.toEpochMilli())
                .setAuthor(author)
                .build();
        AccessKey revoked = AccessKey.newBuilder(key)
                .setMeta(meta)
                .setRevokedAtMs(now.toEpochMilli())
                .build();
        return bus.publish(Catalogue.ACCESS_KEY, key.getKeyId(), revoked);
    }
}
