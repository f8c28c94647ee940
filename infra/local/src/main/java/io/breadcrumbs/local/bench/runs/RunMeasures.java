package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.engine.Engine;
import io.breadcrumbs.engine.EngineSettings;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Companion;
import io.breadcrumbs.local.bench.CompanionProcess;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.StepRunner;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;

/** Runs on an engine, and on a runner that shares its bus, as in the platform, or is another process. */
final class RunMeasures implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final String definition;
    private final Bus bus;
    private final SystemTime time = new SystemTime("bench");
    private final Runnable stopRunner;
    private final Engine engine;
    private final Runs runs;
    private final Tail journal;
    private final Map<String, CompletableFuture<Event.Ended>> ends = new ConcurrentHashMap<>();
    private final AtomicLong started = new AtomicLong();

    /** @param state the engine's folder */
    RunMeasures(Broker broker, RunsBench.Plan plan, Path state)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        definition = plan.shape().definition();
        bus = BusMeasures.connect(broker, BenchTopics.create(broker));
        runs = new Runs(bus, "bench");
        String effects = plan.effects().name();
        stopRunner = plan.apart()
                ? CompanionProcess.start(Companion.RUNNER, broker.kafka(), broker.registry(), effects)::close
                : new StepRunner(bus, plan.effects())::close;
        engine = new Engine(bus, time, EngineSettings.of(broker.kafka(), broker.registry(), state));
        engine.whenActing().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        journal = bus.tail(
                TailFrom.beginning(Catalogue.WORKFLOW_EVENT), new JournalReader(ends::containsKey, (batch, _, _) -> {
                    if (batch.entries().getLast().event() instanceof Event.Ended ended) {
                        CompletableFuture<Event.Ended> end = ends.remove(batch.runId());
                        if (end != null) {
                            end.complete(ended);
                        }
                    }
                }));
        journal.caughtUp().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A run, from the publication of its start until the decision that ends it is in the log and counts. */
    private void run() throws InterruptedException, ExecutionException, TimeoutException {
        run("bench-" + bus.instance() + "-" + started.incrementAndGet());
    }

    private void run(String runId) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Event.Ended> end = new CompletableFuture<>();
        ends.put(runId, end);
        runs.start(Start.drawn(runId, definition, Shape.INPUT)).whenComplete((_, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            }
        });
        Event.Ended ended = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (ended.status() != RunStatus.COMPLETED) {
            throw new IllegalStateException("run " + runId + " was not completed: " + ended.error());
        }
    }

    /** One after the other. Runs on a virtual thread. */
    void once(Samples samples, long untilNanos) throws InterruptedException, ExecutionException, TimeoutException {
        do {
            long begin = System.nanoTime();
            run();
            samples.add(System.nanoTime() - begin);
        } while (System.nanoTime() < untilNanos);
    }

    /** How many runs there have been. */
    long count() {
        return started.get();
    }

    /** What a run writes, seen when it was on its way to the log. */
    Script script() throws InterruptedException, ExecutionException, TimeoutException {
        Queue<Breadcrumb<?>> published = new ConcurrentLinkedQueue<>();
        List<Runnable> ends = new ArrayList<>();
        for (Topic<? extends SpecificRecord> topic : List.of(
                Catalogue.WORKFLOW_COMMAND,
                Catalogue.WORKFLOW_EVENT,
                BenchTopics.TOOL_REQUESTS,
                Catalogue.TOOL_STARTED,
                Catalogue.TOOL_RESPONSE)) {
            ends.add(bus.watch(topic, (breadcrumb, _) -> published.add(breadcrumb)));
        }
        try {
            run();
        } finally {
            ends.forEach(Runnable::run);
        }
        return Script.of(List.copyOf(published));
    }

    @Override
    public void close() {
        engine.close();
        journal.close();
        stopRunner.run();
        bus.close();
        time.close();
    }
}
