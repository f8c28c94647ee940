package io.breadcrumbs.api.owner;

import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition, decided by this process. It takes the writer's name, which ends every former owner, reads what there
 * is, and then writes one set after the other; all that comes meanwhile goes into the next. Whatever fails makes it
 * forget everything and begin anew: the log says what became of the set, and commands that it brings again are known.
 *
 * <p>Guarded by its monitor, under which it calls nobody.
 */
final class OwnedPartition {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);

    /** Commands that may wait here, a long one for each thousand characters; the log keeps the others. */
    static final int ROOM = 1_000;

    private static final int SET_COMMANDS = 500;
    private static final long SET_CHARS = 4 << 20;

    /** Somebody else may be about to take over, and would only be disturbed. */
    private static final Duration AFTER_FENCING = Duration.ofSeconds(1);

    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);

    private final Bus bus;
    private final Time time;
    private final Executor hands;
    private final int number;
    private final Runnable roomAgain;
    private final Writer writer;

    private final Deque<Delivery<BreadcrumbCommand>> mailbox = new ArrayDeque<>();
    private int taken;
    private boolean refused;
    private @Nullable Memory memory;
    private boolean busy;
    private boolean closed;

    /** What is known of the partition while this process is certain to own it. */
    private record Memory(States states, Remembered remembered) {}

    /** @param roomAgain run when commands that found no room may be offered again */
    OwnedPartition(Bus bus, Time time, Executor hands, int number, Runnable roomAgain) {
        this.bus = bus;
        this.time = time;
        this.hands = hands;
        this.number = number;
        this.roomAgain = roomAgain;
        this.writer = bus.writer("breadcrumb-owner-" + number);
        hands.execute(this::takeOver);
    }

    /** Whether commands are being decided. */
    synchronized boolean ready() {
        return memory != null;
    }

    /** Takes note of a command; it is decided only when the log has it. */
    boolean offer(Delivery<BreadcrumbCommand> delivery) {
        synchronized (this) {
            if (closed || taken >= ROOM) {
                refused = true;
                return false;
            }
            taken += room(delivery);
        }
        delivery.durable().whenComplete((_, failure) -> {
            synchronized (this) {
                if (failure == null) {
                    mailbox.add(delivery);
                } else {
                    taken -= room(delivery);
                }
            }
            if (failure == null) {
                next();
            } else {
                delivery.giveBack();
            }
        });
        return true;
    }

    private static int room(Delivery<BreadcrumbCommand> delivery) {
        String context = delivery.breadcrumb().body().getContext();
        return 1 + (context == null ? 0 : context.length() / 1_000);
    }

    /** The partition is somebody else's. */
    void close() {
        synchronized (this) {
            closed = true;
            memory = null;
            mailbox.clear();
        }
        hands.execute(writer::close);
    }

    // ------------------------------------------------------------------ taking over

    private void takeOver() {
        if (isClosed()) {
            return;
        }
        writer.open().thenCompose(_ -> read()).whenComplete((read, failure) -> {
            if (failure != null) {
                later(AFTER_FAILURE, failure);
                return;
            }
            synchronized (this) {
                memory = closed ? null : read;
            }
            next();
        });
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private CompletableFuture<Memory> read() {
        Remembered remembered = new Remembered();
        // a set has one more offset than records, for the mark of its end
        Map<Integer, Long> newest = Map.of(number, TailFrom.newest(2 * Remembered.ANSWERS));
        Tail tail = bus.tail(new TailFrom<>(Catalogue.BREADCRUMB_EVENT, newest), (event, _, _) -> {
            BreadcrumbEvent value = event.value();
            if (value != null) {
                remembered.add(value);
            }
        });
        CompletableFuture<Void> answers = tail.caughtUp().whenComplete((_, _) -> hands.execute(tail::close));
        return bus.latest(Catalogue.BREADCRUMB, number)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        hands.execute(tail::close);
                    }
                })
                .thenCombine(answers, (latest, _) -> new Memory(new States(latest), remembered));
    }

    private void later(Duration delay, Throwable failure) {
        synchronized (this) {
            memory = null;
            if (closed) {
                return;
            }
        }
        LOG.atWarn()
                .addKeyValue("event", "owner-begins-anew")
                .log(
                        "partition {} of breadcrumbs: what was to be written was not, it is taken over again: {}",
                        number,
                        failure.toString());
        time.after(delay, () -> hands.execute(this::takeOver));
    }

    // ------------------------------------------------------------------ deciding

    /** Begins a set, if there is something to decide and none is under way. */
    private void next() {
        List<Delivery<BreadcrumbCommand>> commands = new ArrayList<>();
        Memory known;
        synchronized (this) {
            known = memory;
            if (busy || known == null || mailbox.isEmpty()) {
                return;
            }
            busy = true;
            long chars = 0;
            while (!mailbox.isEmpty() && commands.size() < SET_COMMANDS && chars < SET_CHARS) {
                Delivery<BreadcrumbCommand> first = mailbox.remove();
                String context = first.breadcrumb().body().getContext();
                chars += context == null ? 0 : context.length();
                commands.add(first);
            }
        }
        Memory there = known;
        hands.execute(() -> write(commands, there));
    }

    private void write(List<Delivery<BreadcrumbCommand>> commands, Memory known) {
        List<String> ids = commands.stream()
                .map(delivery -> delivery.breadcrumb().body().getBreadcrumbId())
                .toList();
        known.states()
                .of(ids)
                .thenCompose(states -> {
                    Batch batch = new Batch(bus, commands, states, known.remembered());
                    List<Draft<?>> set = batch.decide(time.now());
                    return writer.write(set).thenAccept(positions -> settle(batch, positions, known));
                })
                .whenComplete((_, failure) -> over(commands, failure));
    }

    private static void settle(Batch batch, List<Position> positions, Memory known) {
        batch.written(positions, known.states());
    }

    private void over(List<Delivery<BreadcrumbCommand>> commands, @Nullable Throwable failure) {
        boolean room;
        synchronized (this) {
            busy = false;
            if (failure == null) {
                commands.forEach(command -> taken -= room(command));
            } else if (!closed) {
                for (int i = commands.size() - 1; i >= 0; i--) {
                    mailbox.addFirst(commands.get(i));
                }
            }
            room = refused && taken < ROOM / 2;
            refused &= !room;
        }
        if (failure != null) {
            later(BusException.codeOf(failure) == ErrorCode.FENCED ? AFTER_FENCING : AFTER_FAILURE, failure);
            return;
        }
        if (room) {
            roomAgain.run();
        }
        next();
    }
}
