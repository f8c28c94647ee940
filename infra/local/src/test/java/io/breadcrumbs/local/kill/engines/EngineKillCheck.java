package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.runners.RunnerProcess;
import io.breadcrumbs.local.platform.Topics;
import io.breadcrumbs.local.platform.Version;
import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.runs.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kills engines and runners under load and judges what became of every run.
 *
 * <p>Three engines share the partitions and three runners a pool; runs of all kinds are started at a steady rate by
 * this process, which is never killed. One engine dies, an engine and a runner, all engines, a runner, two engines, all
 * runners, and so on; every third time as soon as anything goes on after the kill before.
 */
public final class EngineKillCheck {

    private static final String POOL = "kill-shared";
    private static final List<String> ENGINES = List.of("engine-a", "engine-b", "engine-c");
    private static final List<String> RUNNERS = List.of("runner-a", "runner-b", "runner-c");
    private static final int EVERY_MS = 50;
    private static final int WARM = 60;

    private final PlatformState ground;
    private final Path folder;
    private final Fleet engines;
    private final Fleet runners;
    private final Map<String, Trial> started = new ConcurrentHashMap<>();
    private final RunsSeen seen = new RunsSeen();
    private final List<Long> killed = new ArrayList<>();

    private EngineKillCheck(PlatformState ground, Path folder, Fleet engines, Fleet runners) {
        this.ground = ground;
        this.folder = folder;
        this.engines = engines;
        this.runners = runners;
    }

    /** The long form: prints the verdict, and ends with 1 if it is not good. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int kills = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        long began = System.nanoTime();
        EngineVerdict verdict = run(kills, folder);
        long tookSeconds = (System.nanoTime() - began) / 1_000_000_000;
        System.out.println(kills + " kills in " + tookSeconds + " s: " + verdict);
        verdict.faults().forEach(System.out::println);
        System.exit(verdict.faults().isEmpty() ? 0 : 1);
    }

    /** Runs the check on a broker and a registry of its own. */
    static EngineVerdict run(int kills, Path folder) throws IOException, InterruptedException {
        try (EmbeddedKafka kafka = running(EmbeddedKafka.start(BrokerSettings.anywhere(folder.resolve("kafka"))));
                EmbeddedRegistry registry = running(EmbeddedRegistry.start(kafka.bootstrapServers(), 0))) {
            Topics.prepare(kafka.bootstrapServers(), registry.url());
            PlatformState ground =
                    PlatformState.here("", kafka.bootstrapServers(), registry.url(), "kill", Version.current());
            createPool(ground);
            try (Fleet engines = new Fleet(ground, folder, EngineProcess.class);
                    Fleet runners = new Fleet(ground, folder, RunnerProcess.class)) {
                return new EngineKillCheck(ground, folder, engines, runners).run(kills);
            }
        }
    }

    private static <T> T running(Opened<T> opened) {
        return switch (opened) {
            case Opened.Running<T>(T it) -> it;
            case Opened.Refused<T> refused -> throw new IllegalStateException(String.valueOf(refused));
        };
    }

    private static void createPool(PlatformState ground) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", ground.kafka()))) {
            new TopicAdmin(admin, TopicAdmin.Settings.oneBroker()).create(List.of(Catalogue.toolRequest(POOL)));
        }
    }

    private EngineVerdict run(int kills) throws IOException, InterruptedException {
        for (String runner : RUNNERS) {
            runners.start(runner, List.of("0", POOL));
        }
        for (String engine : ENGINES) {
            engines.start(engine, List.of(folder.resolve(engine).toString()));
        }
        try (Bus bus = KafkaBus.connect(BusSettings.of(ground.kafka(), ground.registry(), "outside"))) {
            KafkaBus.awaitReady(bus, Patience.LONG);
            bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), new JournalReader(_ -> true, seen));
            try (ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().factory())) {
                Runs runs = new Runs(bus, "kill");
                AtomicInteger number = new AtomicInteger();
                load.scheduleAtFixedRate(
                        () -> start(runs, number.getAndIncrement()), 0, EVERY_MS, TimeUnit.MILLISECONDS);
                awaitEnded(WARM);
                for (int kill = 1; kill <= kills; kill++) {
                    int before = seen.ended();
                    kill(kill);
                    awaitEnded(before + (kill % 3 == 2 ? 1 : WARM));
                }
            }
            return verdict();
        }
    }

    private void start(Runs runs, int number) {
        String runId = "run-" + number;
        Trial trial = Trial.of(number);
        runs.start(trial.start(runId, POOL)).thenRun(() -> started.put(runId, trial));
    }

    private void kill(int kill) throws IOException, InterruptedException {
        killed.add(System.currentTimeMillis());
        String role = ENGINES.get(kill % ENGINES.size());
        switch (kill % 6) {
            case 1 -> engines.killAndRestart(List.of(engines.living(role)));
            case 2 -> {
                engines.killAndRestart(List.of(engines.living(role)));
                runners.killAndRestart(List.of(runners.living("runner-a")));
            }
            case 3 -> engines.killAndRestart(engines.living());
            case 4 -> runners.killAndRestart(List.of(runners.living("runner-b")));
            case 5 -> engines.killAndRestart(engines.living().subList(0, 2));
            default -> runners.killAndRestart(runners.living());
        }
    }

    private void awaitEnded(int runs) throws InterruptedException {
        Patience.await("runs go on", () -> seen.ended() >= runs);
    }

    private EngineVerdict verdict() throws IOException, InterruptedException {
        Patience.waited(() -> seen.allEnded(started.keySet())); // if not, the verdict says which have not
        for (Fleet fleet : List.of(engines, runners)) {
            for (Member member : new ArrayList<>(fleet.living())) {
                fleet.stop(member);
            }
        }
        return new EngineVerdict(started, seen, runners.members(), killed);
    }
}
