package io.breadcrumbs.sdk.secret;

import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes secrets, and lists them as they are now. Nobody else changes them between what a change reads and what it
 * writes: in this process by a lock, elsewhere by the writer's name, which whoever comes later takes away. Any thread;
 * blocks.
 */
public final class SecretChanges {

    private static final int TRIES = 10;
    private static final long APART_MS = 50;

    private final Bus bus;
    private final MasterKeys masters;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();

    /** What is to be written, as the vault is now. */
    @FunctionalInterface
    public interface Change {
        List<Draft<Secret>> of(Vault vault);
    }

    /** @param patience how long one may take */
    public SecretChanges(Bus bus, MasterKeys masters, Duration patience) {
        this.bus = bus;
        this.masters = masters;
        this.patience = patience;
    }

    /** All secrets that there are, by workspace and name. */
    public List<SecretLine> all() throws InterruptedException {
        try (Vault vault = opened(System.nanoTime() + patience.toNanos())) {
            return vault.all().stream().map(SecretLine::of).toList();
        }
    }

    /**
     * Makes a change.
     *
     * @return how many secrets it wrote, when that is durable
     * @throws BusException whose code says whether it may have been made all the same
     * @throws VaultException if there is no master key
     */
    public int make(Change change) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw late(ErrorCode.AWAY);
        }
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return once(change, until);
                } catch (BusException e) {
                    if (e.code() != ErrorCode.FENCED || tries == TRIES) {
                        throw e;
                    }
                    Thread.sleep(ThreadLocalRandom.current().nextLong(tries * APART_MS)); // not both at once again
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private int once(Change change, long until) throws InterruptedException {
        try (Writer writer = bus.writer(Vault.WRITER)) {
            await(writer.open(), until, ErrorCode.AWAY);
            try (Vault vault = opened(until)) {
                List<Draft<Secret>> drafts = change.of(vault);
                if (!drafts.isEmpty()) {
                    await(writer.write(List.copyOf(drafts)), until, ErrorCode.UNKNOWN);
                }
                return drafts.size();
            }
        }
    }

    private Vault opened(long until) throws InterruptedException {
        Vault vault = new Vault(bus, masters);
        try {
            await(vault.whenRead(), until, ErrorCode.AWAY);
            return vault;
        } catch (RuntimeException | InterruptedException e) {
            vault.close();
            throw e;
        }
    }

    /** @param otherwise what it means if it fails, or does not come */
    private <T> void await(CompletableFuture<T> future, long until, ErrorCode otherwise) throws InterruptedException {
        try {
            future.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(otherwise);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BusException failure
                    ? failure
                    : new BusException(otherwise, "the log failed as nobody foresaw", e);
        }
    }

    private BusException late(ErrorCode code) {
        return new BusException(code, "the log has not answered within " + patience.toSeconds() + " s");
    }
}
