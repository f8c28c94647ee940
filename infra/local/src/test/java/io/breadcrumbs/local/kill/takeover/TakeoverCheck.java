package io.breadcrumbs.local.kill.takeover;

import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.engines.EngineProcess;
import io.breadcrumbs.local.kill.engines.Ground;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how long it takes, after one of two engines is killed, until the other one decides in all partitions, though
 * many runs wait. The killed one is not started again.
 */
final class TakeoverCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String OPEN = "{\"id\": \"w\", \"wait\": \"1d\"}";
    private static final int STARTS_AT_ONCE = 1_000;
    /** As many as fall on each of eight partitions for certain. */
    private static final int ASKED_AFTERWARDS = 100;

    private static final int HEAP_MB = 1_024;

    private final Ground ground;
    private final Fleet engines;
    private final Path folder;
    private final int standbys;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger afterwards = new AtomicInteger();

    private TakeoverCheck(Ground ground, Path folder, int standbys) {
        this.ground = ground;
        this.folder = folder;
        this.standbys = standbys;
        PlatformState state = ground.state();
        engines = new Fleet(folder, EngineProcess.class, List.of(state.kafka(), state.registry()), HEAP_MB);
    }

    /** Prints the time. Arguments: runs, standbys, folder. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int runs = Integer.parseInt(arguments[0]);
        int standbys = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        try (Ground ground = Ground.start(1, folder, "takeover")) {
            TakeoverCheck check = new TakeoverCheck(ground, folder, standbys);
            try (Fleet _ = check.engines) {
                System.out.println(runs + " runs that wait, " + standbys + " standbys: after a kill the other engine"
                        + " decides in all partitions after "
                        + check.measure(runs).toMillis() + " ms");
            }
        }
    }

    private Duration measure(int count) throws IOException, InterruptedException {
        for (String engine : List.of("engine-a", "engine-b")) {
            engines.start(engine, List.of(folder.resolve(engine).toString(), "1", String.valueOf(standbys)));
        }
        PlatformState state = ground.state();
        try (Bus bus = KafkaBus.connect(BusSettings.of(state.kafka(), state.registry(), "outside"))) {
            KafkaBus.awaitReady(bus, PATIENCE);
            bus.tail(
                    TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                    new JournalReader(_ -> true, (batch, _, _) -> read(batch)));
            Patience.await(
                    "both engines work",
                    PATIENCE,
                    () -> engines.living().stream().allMatch(Member::ready));
            Runs runs = new Runs(bus, "kill");
            Semaphore window = new Semaphore(STARTS_AT_ONCE);
            for (int i = 0; i < count; i++) {
                window.acquire();
                runs.start(Start.of("open-" + i, OPEN, "{}")).whenComplete((_, _) -> window.release());
            }
            Patience.await("all runs wait", PATIENCE, () -> waiting.size() >= count);
            long killed = System.nanoTime();
            engines.kill(engines.living("engine-a"));
            for (int i = 0; i < ASKED_AFTERWARDS; i++) {
                runs.start(Start.of("afterwards-" + i, OPEN, "{}"));
            }
            Patience.await("all partitions are decided in", PATIENCE, () -> afterwards.get() >= ASKED_AFTERWARDS);
            return Duration.ofNanos(System.nanoTime() - killed);
        }
    }

    private void read(Journal.Batch batch) {
        for (Entry entry : batch.entries()) {
            if (entry.event() instanceof Event.Waits) {
                if (batch.runId().startsWith("afterwards-")) {
                    afterwards.incrementAndGet();
                } else {
                    waiting.add(batch.runId());
                }
            }
        }
    }
}
