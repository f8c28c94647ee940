package io.breadcrumbs.local.bench.waits;

import io.breadcrumbs.engine.Engine;
import io.breadcrumbs.engine.EngineSettings;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Subject;
import io.breadcrumbs.local.data.Folders;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Measures runs that only wait. */
final class WaitsBench {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String OPEN = "{\"id\": \"w\", \"wait\": \"1d\"}";
    private static final int STARTS_AT_ONCE = 2_000;
    private static final int SAID_EVERY = 20_000;
    /** How long before the first timer its run is started at the latest. */
    private static final Duration LEAD = Duration.ofSeconds(10);

    private static final int TIMERS_A_SECOND = 1_000;
    private static final int TIMER_SECONDS = 5;

    private final int runs;
    private final Consumer<String> progress;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, Long> dueMs = new ConcurrentHashMap<>();
    private final Samples late = new Samples();

    /** @param progress takes a line whenever something has been going on for a while */
    WaitsBench(int runs, Consumer<String> progress) {
        this.runs = runs;
        this.progress = progress;
    }

    /** Measures on a broker that lives as long as the benchmark. */
    WaitsReport run() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path folder = Files.createTempDirectory("crumb-bench-engine");
        try (Subject subject = Subject.withoutServices(progress);
                SystemTime time = new SystemTime("bench")) {
            Broker broker = subject.broker();
            try (Bus bus = BusMeasures.connect(broker, BenchTopics.create(broker))) {
                return new Stage(
                                bus,
                                time,
                                EngineSettings.of(broker.kafka(), broker.registry(), folder.resolve("kept")),
                                EngineSettings.of(broker.kafka(), broker.registry(), folder.resolve("new")))
                        .measure();
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /** The engine's surroundings; {@code other} has no rows when it begins. */
    private final class Stage {

        private final Bus bus;
        private final SystemTime time;
        private final EngineSettings settings;
        private final EngineSettings other;
        private @Nullable Engine engine;

        Stage(Bus bus, SystemTime time, EngineSettings settings, EngineSettings other) {
            this.bus = bus;
            this.time = time;
            this.settings = settings;
            this.other = other;
        }

        WaitsReport measure() throws IOException, InterruptedException, ExecutionException, TimeoutException {
            bus.tail(
                    TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                    new JournalReader(_ -> true, (batch, _, _) -> read(batch)));
            try {
                begin(settings);
                Memory before = Memory.settled();
                progress.accept("starting " + runs + " runs that wait");
                Duration opened = start(runs, "open-", _ -> OPEN);
                Memory after = Memory.settled();
                progress.accept("stopping the engine, and taking over");
                Duration stopped = end();
                Duration kept = begin(settings);
                end();
                progress.accept("taking over without rows");
                Duration rebuilt = begin(other);
                progress.accept("timers");
                timers();
                return new WaitsReport(
                        new WaitsReport.Open(runs, opened, before, after),
                        new WaitsReport.Takeover(stopped, kept, rebuilt),
                        late.row("timers"));
            } finally {
                end();
            }
        }

        private Duration begin(EngineSettings with) throws InterruptedException, ExecutionException, TimeoutException {
            long begin = System.nanoTime();
            Engine begun = new Engine(bus, time, with);
            engine = begun;
            begun.whenActing().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        private Duration end() {
            long begin = System.nanoTime();
            Engine ended = engine;
            engine = null;
            if (ended != null) {
                ended.close();
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        /** Starts runs, and returns when all of them wait. */
        private Duration start(int count, String prefix, IntFunction<String> definition)
                throws InterruptedException, TimeoutException {
            int already = waiting.get();
            Semaphore window = new Semaphore(STARTS_AT_ONCE);
            Runs clients = new Runs(bus, "bench");
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                window.acquire();
                clients.start(Start.drawn(prefix + i, definition.apply(i), "{}"))
                        .whenComplete((_, _) -> window.release());
                if ((i + 1) % SAID_EVERY == 0) {
                    progress.accept((i + 1) + " of " + count + " asked for, " + (waiting.get() - already) + " wait");
                }
            }
            BusMeasures.awaitOpen("all runs wait", PATIENCE, () -> waiting.get() - already >= count);
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        private void timers() throws InterruptedException, TimeoutException {
            int count = TIMERS_A_SECOND * TIMER_SECONDS;
            long first = System.currentTimeMillis() + LEAD.toMillis();
            start(count, "timer-", i -> {
                long due = first + i * 1_000L / TIMERS_A_SECOND;
                dueMs.put("timer-" + i, due);
                return "{\"id\": \"w\", \"wait\": {\"until\": \"" + Instant.ofEpochMilli(due) + "\"}}";
            });
            BusMeasures.awaitOpen("all timers have come", PATIENCE, dueMs::isEmpty);
        }
    }

    private void read(Journal.Batch batch) {
        for (Entry entry : batch.entries()) {
            switch (entry.event()) {
                case Event.Waits _ -> waiting.incrementAndGet();
                case Event.Completed _ -> {
                    Long due = dueMs.remove(batch.runId());
                    if (due != null) {
                        late.add(TimeUnit.MILLISECONDS.toNanos(Math.max(0, System.currentTimeMillis() - due)));
                    }
                }
                default -> {}
            }
        }
    }
}
