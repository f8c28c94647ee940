package io.breadcrumbs.local.bench.tools;

import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Echo;
import io.breadcrumbs.local.bench.Rounds.Measure;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.intake.Occupancy;
import io.breadcrumbs.runner.metrics.RunnerMetrics;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** What a runner does: one on a bus of its own, with log and meters as in the platform. */
final class RunnerMeasures implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double MB = 1 << 20;
    /** How many requests may wait for their acknowledgement. */
    private static final int WINDOW = 2_000;

    private final BenchTools tools = new BenchTools();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Bus bus;
    private final SystemTime time = new SystemTime("bench");
    private final Runner runner;

    RunnerMeasures(Broker broker, int partitions) throws InterruptedException, ExecutionException, TimeoutException {
        bus = BusMeasures.connect(broker, partitions);
        runner = runner(bus, time, tools);
        runner.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        BusMeasures.awaitOpen("the runner's lanes", () -> runner.health().well() && answers());
    }

    /** As the platform's. */
    static Runner runner(Bus bus, SystemTime time, BenchTools tools) {
        return new Runner(
                bus,
                new RunnerSettings(Set.of(BenchTopics.TOOLS_POOL), RunnerSettings.DEFAULT.concurrency()),
                new JavaTools(tools.all()),
                List.of(),
                new Surroundings(
                        new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog().and(new RunnerMetrics(new SimpleMeterRegistry()))));
    }

    private boolean answers() {
        return echoOnce().thenApply(_ -> true).exceptionally(_ -> false).join();
    }

    private CompletableFuture<?> echoOnce() {
        return bus.request(ask(BenchTools.ECHO, Echo.INPUT, Duration.ofSeconds(3)))
                .durable();
    }

    private static Ask ask(String tool, String input, Duration within) {
        return new Ask(tool, input, BenchTopics.TOOLS_POOL, Metas.DEFAULT_WORKSPACE, "bench", within);
    }

    /**
     * A call of {@code echo}, from request until answered. Runs on a virtual thread.
     *
     * @param atMost how many answers may wait for their acknowledgement
     */
    Measure echo(int atMost) {
        return BusMeasures.asked(bus, ask(BenchTools.ECHO, Echo.INPUT, PATIENCE), atMost);
    }

    /** How long it takes until so many timers of a second, asked for at once, have all been answered. */
    Duration timers(int calls) throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        await(timers(calls, 1));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** How many MB of live heap so many timers hold while they wait. */
    double timersMb(int calls) throws InterruptedException, ExecutionException, TimeoutException {
        double before = liveMb();
        List<Call> waiting = timers(calls, 20);
        BusMeasures.awaitOpen("all timers", () -> {
            Occupancy now = runner.desk().occupancy();
            return now.open() == calls && now.executing() == 0 && bus.load().inFlightBytes() == 0;
        });
        double held = liveMb() - before;
        await(waiting);
        return held;
    }

    private List<Call> timers(int calls, int seconds) {
        Ask ask = ask(BenchTools.TIMER, "{\"seconds\": " + seconds + "}", PATIENCE);
        List<Call> asked = new ArrayList<>(calls);
        for (int i = 0; i < calls; i++) {
            asked.add(bus.request(ask));
        }
        return asked;
    }

    private static void await(List<Call> calls) throws InterruptedException, ExecutionException, TimeoutException {
        for (Call call : calls) {
            call.answered().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /**
     * What a queue costs.
     *
     * @param quarterMb how much more live heap there is when a quarter of it stands in the log
     * @param fullMb how much when all of it does
     * @param perSecond how many requests a second are answered then
     */
    record Queue(int requests, double quarterMb, double fullMb, double perSecond) {}

    /** Queues requests to the slow tool, and lets it go when all are in the log. */
    Queue queue(int requests) throws InterruptedException, TimeoutException {
        AtomicInteger answered = new AtomicInteger();
        try (Tail tail = bus.tail(TailFrom.end(Catalogue.TOOL_RESPONSE), (answer, _, _) -> {
            if (answer.value() != null && BenchTools.SLOW.equals(answer.body().getTool())) {
                answered.incrementAndGet();
            }
        })) {
            tail.ready().join();
            tools.closeGate();
            double before = liveMb();
            publish(0, requests / 4);
            double quarter = liveMb() - before;
            publish(requests / 4, requests);
            double full = liveMb() - before;
            long begin = System.nanoTime();
            tools.openGate();
            BusMeasures.awaitOpen("the queue's end", PATIENCE, () -> answered.get() >= requests);
            double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            return new Queue(requests, quarter, full, requests / seconds);
        } finally {
            tools.openGate();
        }
    }

    private void publish(int from, int to) throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        for (int i = from; i < to; i++) {
            window.acquire();
            String id = "bench-" + time.now().toEpochMilli() + "-" + i;
            ToolRequest request = ToolRequest.newBuilder()
                    .setMeta(Metas.of(BenchTopics.TOOL_REQUESTS, id, "bench"))
                    .setRequestId(id)
                    .setTool(BenchTools.SLOW)
                    .setInput(Echo.INPUT)
                    .setPool(BenchTopics.TOOLS_POOL)
                    .build();
            bus.publish(BenchTopics.TOOL_REQUESTS, id, request).whenComplete((_, _) -> window.release());
        }
        window.acquire(WINDOW);
    }

    private double liveMb() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MB;
    }

    /** Takes its tools out of the catalogue again. */
    @Override
    public void close() {
        tools.all()
                .forEach(tool -> bus.publish(Draft.tombstone(
                        Catalogue.TOOL,
                        Toolbox.key(tool.spec().name(), tool.spec().version()))));
        runner.close();
        bus.close();
        time.close();
    }
}
