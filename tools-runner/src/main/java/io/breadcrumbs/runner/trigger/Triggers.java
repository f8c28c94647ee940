package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * The triggers of a runner's pools. A pool costs nothing as long as no tool of it has one; then the runner joins the
 * pool's group, and stays. A timer owns the state.
 */
public final class Triggers implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Bus bus;
    private final Time time;
    private final Executor hands;
    private final Bindings bindings;
    private final Firing firing;
    private final Fired fired = new Fired();
    private final Map<String, Pool> pools = new HashMap<>();
    private final Set<Pool> joined = new HashSet<>();
    private final Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private volatile boolean allNoted;
    private boolean readsNotes;
    private boolean closed;

    private record Pool(PoolTriggers reader, PoolClock clock) {}

    /** @param hands runs what may block */
    public Triggers(Bus bus, Time time, Executor hands, Toolbox toolbox) {
        this.bus = bus;
        this.time = time;
        this.hands = hands;
        this.bindings = new Bindings(toolbox);
        this.firing = new Firing(bus, time);
    }

    /** Looks after these pools from now on; the catalogue has been read. */
    public synchronized void start(Set<String> names) {
        for (String pool : names) {
            PoolClock clock = new PoolClock(
                    new Ticks(fired, firing, time),
                    new Starts(bus.instance(), firing, time),
                    new Keeping(fired, firing, time));
            pools.put(pool, new Pool(new PoolTriggers(() -> bindings.of(pool), firing, hands), clock));
        }
        look();
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        pools.forEach((name, pool) -> {
            List<Bound> triggers = bindings.of(name);
            if (!triggers.isEmpty()) {
                join(name, pool);
            }
            if (!pool.reader().keepsClock()) {
                pool.clock().leave();
            } else if (allNoted) {
                pool.clock().look(triggers);
            }
        });
        time.after(LOOK_EVERY, this::look);
    }

    private void join(String name, Pool pool) {
        if (!readsNotes) {
            readsNotes = true;
            hands.execute(() -> {
                Tail notes = bus.tail(TailFrom.beginning(Catalogue.TOOL_TRIGGERED), fired);
                open(notes);
                notes.caughtUp().thenRun(() -> allNoted = true);
            });
        }
        if (joined.add(pool)) {
            hands.execute(
                    () -> open(bus.subscribe(Group.of("trigger." + name, Catalogue.BREADCRUMB_EVENT), pool.reader())));
        }
    }

    private void open(AutoCloseable one) {
        boolean late;
        synchronized (this) {
            late = closed;
            opened.add(one);
        }
        if (late) {
            close();
        }
    }

    /** Leaves the groups: waits for what is being asked up to the bus's bound. Blocks. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        AutoCloseable one = opened.poll();
        while (one != null) {
            shut(one);
            one = opened.poll();
        }
    }

    private static void shut(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException("subscriptions and tails close without a checked exception", e);
        }
    }
}
