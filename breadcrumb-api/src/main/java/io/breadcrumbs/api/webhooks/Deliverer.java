package io.breadcrumbs.api.webhooks;

import io.breadcrumbs.api.events.Told;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts the events that this instance is given as a member of the group, to all who have subscribed. An event is done
 * when each of its posts is delivered or a dead letter; a post that waits for its next attempt is a timer. Any thread.
 */
final class Deliverer implements Receiver<BreadcrumbEvent>, AutoCloseable {

    static final String GROUP = "webhook";

    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    /** Events at once; the log keeps the others. */
    private static final int AT_ONCE = 5_000;

    private static final int LONGER = 4;

    private final Around around;
    private final Supplier<List<Subscribed>> subscriptions;
    private final WebhookSettings settings;
    private final Sending sending;
    private final Outcomes outcomes;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Set<Handed> open = ConcurrentHashMap.newKeySet();
    private final Set<Integer> leaving = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private @Nullable Subscription membership;
    private boolean closed;

    /** Clock, threads and chance. */
    record Around(Time time, Executor hands, RandomGenerator random) {}

    /** @param subscriptions all that are known */
    Deliverer(
            Around around,
            Supplier<List<Subscribed>> subscriptions,
            WebhookSettings settings,
            Sending sending,
            Outcomes outcomes) {
        this.around = around;
        this.subscriptions = subscriptions;
        this.settings = settings;
        this.sending = sending;
        this.outcomes = outcomes;
    }

    /** Joins the group. Blocks. */
    synchronized void join(Bus bus) {
        if (!closed && membership == null) {
            membership = bus.subscribe(Group.of(GROUP, Catalogue.BREADCRUMB_EVENT), this);
        }
    }

    /** How many events are not done. */
    int open() {
        return open.size();
    }

    // ------------------------------------------------------------------ what comes

    @Override
    public boolean offer(Delivery<BreadcrumbEvent> delivery) {
        if (!room.tryAcquire()) {
            return false;
        }
        delivery.durable().whenComplete((position, failure) -> {
            if (failure == null) {
                around.hands().execute(() -> handle(delivery, position));
            } else {
                room.release();
                delivery.giveBack();
            }
        });
        return true;
    }

    private void handle(Delivery<BreadcrumbEvent> delivery, Position position) {
        Told told = new Told(delivery.breadcrumb().body(), position);
        Handed handed = new Handed(delivery, told, this::over);
        open.add(handed);
        if (leaving.contains(handed.partition())) {
            handed.leave();
        }
        if (Told.tells(told.event())) {
            for (Subscribed to : subscriptions.get()) {
                if (to.means(told)) {
                    handed.owes();
                    take(new Job(to, handed));
                }
            }
        }
        handed.settled();
    }

    private void over(Handed handed) {
        open.remove(handed);
        boolean wasFull = room.availablePermits() == 0;
        room.release();
        Subscription group = wasFull ? membership() : null;
        if (group != null) {
            group.resume();
        }
    }

    private synchronized @Nullable Subscription membership() {
        return membership;
    }

    private void take(Job job) {
        Line line = lines.computeIfAbsent(job.to().id(), _ -> new Line(settings.open()));
        if (line.add(job)) {
            go(line);
        } else {
            bury(job, "WEBHOOK_BUSY", "more than " + settings.open() + " events wait for this receiver", () -> {});
        }
    }

    // ------------------------------------------------------------------ attempts

    private void go(Line line) {
        for (Job job = line.next(); job != null; job = line.next()) {
            Job next = job;
            String trace = job.handed().trace();
            around.hands().execute(() -> Trace.within(trace, () -> attempt(line, next)));
        }
    }

    private void attempt(Line line, Job job) {
        if (job.handed().leaving()) {
            line.over(job);
            job.handed().left();
        } else {
            switch (sent(job)) {
                case Sending.Result.Taken(int status) -> {
                    outcomes.delivered(job.post(), job.attempts(), status);
                    line.over(job);
                    job.handed().settled();
                }
                case Sending.Result.Failed failed -> failed(line, job, failed);
            }
        }
        go(line);
    }

    private Sending.Result sent(Job job) {
        try {
            return sending.send(job.post());
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("event", "webhook-failed")
                    .setCause(e)
                    .log(
                            "delivery {} to {} could not be sent",
                            job.id(),
                            job.to().id());
            return new Sending.Result.Failed(0, "the platform could not send it: its log says why", true);
        }
    }

    private void failed(Line line, Job job, Sending.Result.Failed failed) {
        boolean wanted = line.equals(lines.get(job.to().id()));
        if (!wanted) {
            line.over(job);
            job.handed().settled();
        } else if (failed.mayGetBetter() && job.attempts() < settings.attempts()) {
            line.waits(job);
            around.time().after(pause(job.attempts()), () -> {
                line.again(job);
                go(line);
            });
        } else {
            bury(job, "WEBHOOK_FAILED", failed.message(), () -> {
                line.over(job);
                go(line);
            });
        }
    }

    /** Not the same for all, or all who failed together would come together again. */
    private Duration pause(int attempts) {
        double times = Math.pow(LONGER, attempts - 1) * (0.75 + around.random().nextDouble() / 2);
        return Duration.ofMillis(Math.round(settings.pause().toMillis() * times));
    }

    private void bury(Job job, String code, String message, Runnable then) {
        outcomes.bury(job, code, message).whenComplete((_, failure) -> {
            then.run();
            if (failure == null) {
                job.handed().settled();
            } else {
                job.handed().left(); // the bus closes: whoever has the partition next meets the event again
            }
        });
    }

    // ------------------------------------------------------------------ what goes

    /** A subscription is no more: nobody wants what waits for it. */
    void gone(String id) {
        Line line = lines.remove(id);
        if (line != null) {
            around.hands()
                    .execute(() -> line.drop(true).forEach(job -> job.handed().settled()));
        }
    }

    @Override
    public void attached(Partition partition) {
        leaving.remove(partition.number());
    }

    @Override
    public void draining(Partition partition) {
        leaving.add(partition.number());
        open.stream().filter(one -> one.partition() == partition.number()).forEach(Handed::leave);
        lines.values()
                .forEach(line -> line.drop(false).forEach(job -> job.handed().left()));
    }

    @Override
    public void detached(Partition partition) {
        draining(partition);
    }

    /** Leaves the group. Blocks until what is under way is over, up to the bus's bound. */
    @Override
    public void close() {
        Subscription group;
        synchronized (this) {
            closed = true;
            group = membership;
        }
        if (group != null) {
            group.close();
        }
    }
}
