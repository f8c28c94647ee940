package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A subscription, from when it was asked for: its group is joined as soon as its topics are known. Any thread. */
final class Membership implements Subscription {

    private static final Duration AGAIN = Duration.ofMillis(50);

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Consumer<Membership> gone;
    private @Nullable Joined joined;
    private boolean over;

    /** @param gone told when it is closed */
    Membership(Consumer<Membership> gone) {
        this.gone = gone;
    }

    /** A group that was joined, and how to leave it. */
    record Joined(GroupLoop<?> loop, Runnable leave) {}

    /** Joins at once or later. */
    void begin(Parts parts, BooleanSupplier known, Supplier<Joined> join) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (known.getAsBoolean()) {
                joined = join.get();
            }
        }
        if (joined() == null) {
            parts.time().after(AGAIN, () -> parts.hands().execute(() -> begin(parts, known, join)));
        } else {
            ready.complete(null);
        }
    }

    private synchronized @Nullable Joined joined() {
        return joined;
    }

    static BooleanSupplier known(Parts parts, Collection<String> topics) {
        return () -> topics.stream()
                        .filter(topic -> parts.log().partitions(topic) == 0)
                        .count()
                == 0; // every one is asked for
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public Set<Partition> owned() {
        Joined there = joined();
        return there == null ? Set.of() : there.loop().owned();
    }

    @Override
    public long queued() {
        Joined there = joined();
        return there == null ? 0 : there.loop().queued();
    }

    @Override
    public void resume() {
        Joined there = joined();
        if (there != null) {
            there.loop().wake();
        }
    }

    @Override
    public void close() {
        Joined there;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            there = joined;
        }
        gone.accept(this);
        if (there != null) {
            there.leave().run();
        }
    }
}
