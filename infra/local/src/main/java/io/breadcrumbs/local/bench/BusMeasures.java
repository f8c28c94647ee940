package io.breadcrumbs.local.bench;

import io.breadcrumbs.local.bench.Rounds.Measure;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Handlers;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** What the bus does: one instance that publishes, handles and asks. */
public final class BusMeasures implements AutoCloseable {

    private static final String NOTE = "note";
    private static final String FLOW = "flow";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int AT_ONCE = 2_000;

    private final Bus bus;
    private final Subscription subscription;
    private final int partitions;
    private final ToolRequest note = Echo.note(NOTE);
    private final ToolRequest flowing = Echo.note(FLOW);
    private final Arrival handled = new Arrival("local_handler");
    private final LongAdder byLog = new LongAdder();
    private final Flow flow = new Flow(this::publish);
    private long sent;

    public BusMeasures(Broker broker, int partitions) throws InterruptedException {
        this.partitions = partitions;
        bus = connect(broker, partitions);
        subscription = bus.subscribe(Group.of("bench", BenchTopics.REQUESTS), handler());
    }

    public static Bus connect(Broker broker, int partitions) throws InterruptedException {
        Bus bus = KafkaBus.connect(
                BusSettings.of(broker.kafka(), broker.registry(), "bench").withPartitions(partitions));
        return KafkaBus.awaitReady(bus, PATIENCE);
    }

    private io.breadcrumbs.sdk.Receiver<ToolRequest> handler() {
        return Handlers.onVirtualThreads(AT_ONCE, this::handle, (delivery, failure) -> {
            LoggerFactory.getLogger(BusMeasures.class).warn("the handler failed", failure);
            delivery.done();
        });
    }

    private void handle(Delivery<ToolRequest> delivery) {
        long nanos = System.nanoTime();
        switch (String.valueOf(delivery.breadcrumb().body().getTool())) {
            case NOTE -> {
                handled.came(delivery.breadcrumb().key(), nanos);
                delivery.done();
            }
            case FLOW ->
                delivery.durable().thenRun(() -> {
                    delivery.done();
                    flow.done(delivery.breadcrumb().key(), System.nanoTime());
                });
            default -> Echo.answer(bus, delivery);
        }
        if (delivery.lane() == Lane.LOG) {
            byLog.increment();
        }
    }

    /** Waits until every lane is open and the local pool answers. */
    public void awaitOpen() throws InterruptedException, TimeoutException {
        awaitOpen("the eager lanes", () -> subscription.owned().size() == partitions);
        awaitAnswered("the local pool", BenchTopics.POOL);
    }

    /** Waits until a pool answers. */
    public void awaitAnswered(String what, String pool) throws InterruptedException, TimeoutException {
        awaitOpen(what, () -> answered(pool));
        byLog.reset();
    }

    public static void awaitOpen(String what, BooleanSupplier open) throws InterruptedException, TimeoutException {
        awaitOpen(what, PATIENCE, open);
    }

    public static void awaitOpen(String what, Duration atMost, BooleanSupplier open)
            throws InterruptedException, TimeoutException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!open.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new TimeoutException(what + ": not there within " + atMost.toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private boolean answered(String pool) {
        try {
            bus.request(ask(pool).within(Duration.ofSeconds(3))).durable().join();
            return true;
        } catch (java.util.concurrent.CompletionException e) {
            return false;
        }
    }

    private static Ask ask(String pool) {
        return new Ask(Echo.TOOL, Echo.INPUT, pool, "default", "bench", Duration.ofSeconds(20));
    }

    /** How many records came to the handler by the log, against the intention. */
    public long byLog() {
        return byLog.sum();
    }

    /** Records per second, published, handled and acknowledged. */
    public Flow flow() {
        return flow;
    }

    private void publish(String key) {
        bus.publish(BenchTopics.REQUESTS, key, flowing).whenComplete((_, failure) -> {
            if (failure != null) {
                flow.failed(failure);
            }
        });
    }

    /**
     * From publish until the handler runs. Runs on a virtual thread.
     *
     * @param atMost how many records may wait for their acknowledgement
     */
    public Measure handled(int atMost) {
        return (samples, untilNanos) -> handled(atMost, samples, untilNanos);
    }

    private void handled(int atMost, Samples samples, long untilNanos) throws InterruptedException, TimeoutException {
        Semaphore outstanding = new Semaphore(atMost);
        while (System.nanoTime() < untilNanos) {
            outstanding.acquire();
            String key = Flow.RUN + ++sent;
            handled.expect(key);
            long start = System.nanoTime();
            bus.publish(BenchTopics.REQUESTS, key, note).whenComplete((_, _) -> outstanding.release());
            samples.add(handled.await() - start);
        }
        outstanding.acquire(atMost);
    }

    /**
     * From request until answered. Runs on a virtual thread.
     *
     * @param atMost how many answers may wait for their acknowledgement
     */
    public Measure answered(String pool, int atMost) {
        return asked(bus, ask(pool), atMost);
    }

    /** The same of any request, asked on any bus. */
    public static Measure asked(Bus bus, Ask ask, int atMost) {
        return (samples, untilNanos) -> ask(bus, ask, atMost, samples, untilNanos);
    }

    private static void ask(Bus bus, Ask ask, int atMost, Samples samples, long untilNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        Semaphore outstanding = new Semaphore(atMost);
        while (System.nanoTime() < untilNanos) {
            outstanding.acquire();
            long start = System.nanoTime();
            Call call = bus.request(ask);
            call.answered().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            samples.add(System.nanoTime() - start);
            call.durable().whenComplete((_, _) -> outstanding.release());
        }
        outstanding.acquire(atMost);
    }

    @Override
    public void close() {
        bus.close();
    }
}
