package io.breadcrumbs.sdk.secret;

import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The secrets in the log, encrypted; one is opened when it is asked for, and not kept. */
public final class Vault implements TailReader<Secret>, AutoCloseable {

    /**
     * Of the {@link io.breadcrumbs.sdk.Writer} under which secrets are changed, so that changes are one after another.
     */
    public static final String WRITER = "secrets";

    /** What is shorter would be found by chance in what tools answer, and guessed. */
    public static final int LEAST_CHARS = 8;

    public static final int MOST_CHARS = 64 << 10;

    private final SecretCipher cipher = new SecretCipher();
    private final Map<String, Secret> byKey = new ConcurrentHashMap<>();
    private final MasterKeys masters;
    private final Tail tail;

    public Vault(Bus bus, MasterKeys masters) {
        this.masters = masters;
        this.tail = bus.tail(TailFrom.beginning(Catalogue.SECRET), this);
    }

    /** Completes when all secrets have been read that there were. */
    public CompletableFuture<Void> whenRead() {
        return tail.caughtUp();
    }

    /**
     * The value; empty if there is no such secret.
     *
     * @throws VaultException if it cannot be opened
     */
    public Optional<String> find(SecretName name) {
        if (!tail.caughtUp().isDone()) {
            throw new VaultException("the secrets in the log have not all been read yet");
        }
        return Optional.ofNullable(byKey.get(name.key())).map(secret -> cipher.opened(secret, masters.all()));
    }

    /** All that there are, by workspace and name. */
    public List<Secret> all() {
        return byKey.values().stream()
                .sorted(Comparator.comparing((Secret secret) -> secret.getMeta().getWorkspace())
                        .thenComparing(Secret::getName))
                .toList();
    }

    @Override
    public void read(Breadcrumb<Secret> breadcrumb, Position position, Lane lane) {
        Secret secret = breadcrumb.value();
        if (secret == null) {
            byKey.remove(breadcrumb.key());
        } else {
            byKey.put(breadcrumb.key(), secret); // in a place that is not its own, it opens nothing
        }
    }

    @Override
    public void close() {
        tail.close();
    }

    // ------------------------------------------------------------------ changes, to be written as WRITER

    /** A secret gets a value, and a key of its own for it. */
    public Draft<Secret> set(SecretName name, String value, String author, Instant now) {
        if (value.length() < LEAST_CHARS || value.length() > MOST_CHARS) {
            throw new IllegalArgumentException(
                    "value: expected " + LEAST_CHARS + " to " + MOST_CHARS + " characters, got " + value.length());
        }
        Secret sealed = cipher.sealed(name, value, masters.all().getFirst(), author, now);
        return Draft.of(Catalogue.SECRET, name.key(), sealed);
    }

    /** What ends a secret; empty if there is none. */
    public Optional<Draft<Secret>> delete(SecretName name) {
        return byKey.containsKey(name.key())
                ? Optional.of(Draft.tombstone(Catalogue.SECRET, name.key()))
                : Optional.empty();
    }

    /** All that are not yet under the first of the master keys, put under it. */
    public List<Draft<Secret>> rotated() {
        List<MasterKey> all = masters.all();
        return all().stream()
                .filter(secret -> !secret.getMasterKey().equals(all.getFirst().id()))
                .map(secret -> Draft.of(Catalogue.SECRET, SecretName.of(secret).key(), cipher.rewrapped(secret, all)))
                .toList();
    }
}
