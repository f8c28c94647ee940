package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kill.Fleet;
import io.breadcrumbs.local.kill.Fleet.Member;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.engines.Havoc.Strike;
import io.breadcrumbs.local.kill.runners.RunnerProcess;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.runs.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Kills engines, runners and brokers under load and judges what became of every run.
 *
 * <p>Three engines share the partitions and three runners a pool; runs of all kinds are started at a steady rate by
 * this process, which is never killed, nor is its registry. Who dies is drawn by a seed; a broker only while all copies
 * are complete. After most kills every run that was hit must go on before the next one; some follow while the former is
 * not got over.
 */
final class EngineKillCheck {

    private static final String POOL = "kill-shared";
    private static final List<String> ENGINES = List.of("engine-a", "engine-b", "engine-c");
    private static final List<String> RUNNERS = List.of("runner-a", "runner-b", "runner-c");
    private static final String STANDBYS = "1";
    private static final int WARM = 60;
    private static final int STRONG = 3;
    /** Where nobody works for a while, no more are started, or all would be late that come after. */
    private static final int MOST_OPEN = 250;

    /** Eleven processes start at once, perhaps on two cores that do other things as well. */
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(3);

    /** In which a run goes on, though all who could have seen to it must start first. */
    private static final Duration WENT_ON_WITHIN = Duration.ofMinutes(3);

    private static final Duration SAID_EVERY = Duration.ofSeconds(10);

    private final Ground ground;
    private final Plan plan;
    private final Consumer<String> progress;
    private final Path folder;
    private final Fleet engines;
    private final Fleet runners;
    private final Map<String, Trial> started = new ConcurrentHashMap<>();
    private final RunsSeen seen = new RunsSeen();
    private final Recoveries recoveries = new Recoveries();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String lately = "nobody";
    private int strikes;

    /**
     * What is done.
     *
     * @param lasts how long somebody is killed
     * @param brokers of the cluster; less than three are never killed
     * @param rate runs that are started in a second
     * @param seed decides who is killed
     */
    record Plan(Duration lasts, int brokers, int rate, long seed) {}

    private EngineKillCheck(Ground ground, Plan plan, Path folder, Consumer<String> progress) {
        this.ground = ground;
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
        PlatformState state = ground.state();
        engines = new Fleet(state, folder, EngineProcess.class);
        runners = new Fleet(state, folder, RunnerProcess.class);
    }

    /**
     * Runs the check on brokers and a registry of its own.
     *
     * @param progress takes a line every ten seconds
     */
    static EngineVerdict run(Plan plan, Path folder, Consumer<String> progress)
            throws IOException, ExecutionException, InterruptedException {
        try (Ground ground = Ground.start(plan.brokers(), folder, POOL)) {
            EngineKillCheck check = new EngineKillCheck(ground, plan, folder, progress);
            try (Fleet _ = check.engines;
                    Fleet _ = check.runners) {
                return check.run();
            }
        }
    }

    private EngineVerdict run() throws IOException, ExecutionException, InterruptedException {
        for (String runner : RUNNERS) {
            runners.start(runner, List.of("0", POOL));
        }
        for (String engine : ENGINES) {
            engines.start(engine, List.of(folder.resolve(engine).toString(), String.valueOf(plan.brokers()), STANDBYS));
        }
        PlatformState state = ground.state();
        BusSettings settings =
                BusSettings.of(state.kafka(), state.registry(), "outside").withTopics(ground.topics());
        try (Bus bus = KafkaBus.connect(settings)) {
            KafkaBus.awaitReady(bus, STARTED_WITHIN);
            awaitReady();
            bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), new JournalReader(_ -> true, seen));
            try (ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().factory())) {
                Runs runs = new Runs(bus, "kill");
                load.scheduleAtFixedRate(
                        () -> start(runs), 0, TimeUnit.SECONDS.toMicros(1) / plan.rate(), TimeUnit.MICROSECONDS);
                long every = SAID_EVERY.toSeconds();
                load.scheduleAtFixedRate(() -> progress.accept(line()), every, every, TimeUnit.SECONDS);
                awaitEnded(WARM);
                strike();
            }
            return verdict();
        }
    }

    private void start(Runs runs) {
        if (seen.open().size() >= MOST_OPEN) {
            return;
        }
        int number = asked.getAndIncrement();
        String runId = "run-" + number;
        Trial trial = Trial.of(number);
        runs.start(trial.start(runId, POOL)).thenRun(() -> {
            started.put(runId, trial);
            seen.asked(runId);
        });
    }

    private String line() {
        return "strikes " + strikes + ", last killed: " + lately + "; runs acknowledged " + started.size() + ", ended "
                + seen.ended() + " with their children, open " + seen.open().size();
    }

    private void strike() throws IOException, InterruptedException {
        Havoc havoc = new Havoc(plan.seed(), ENGINES, RUNNERS, plan.brokers() < STRONG ? 0 : plan.brokers());
        long until = System.nanoTime() + plan.lasts().toNanos();
        boolean calm = true;
        while (System.nanoTime() < until) {
            Strike next = havoc.next();
            Strike strike = next.broker() == 0 || ground.brokers().complete() ? next : next.withoutBroker();
            if (strike.nobody()) {
                continue;
            }
            int before = seen.ended();
            long moment = System.currentTimeMillis();
            kill(strike);
            if (strike.hasty()) {
                awaitEnded(before + 1);
            } else {
                Patience.await(
                        "every run goes on after the kill of " + strike,
                        WENT_ON_WITHIN,
                        () -> seen.allWentOnSince(moment));
                recoveries.add(strike, calm, seen.lastWentOnAfterMs(moment));
                awaitReady();
                awaitEnded(before + WARM);
            }
            calm = !strike.hasty();
        }
    }

    private void awaitReady() throws InterruptedException {
        for (Fleet fleet : List.of(engines, runners)) {
            Patience.await(
                    "engines and runners work",
                    STARTED_WITHIN,
                    () -> fleet.living().stream().allMatch(Member::ready));
        }
    }

    private void kill(Strike strike) throws IOException, InterruptedException {
        strikes++;
        lately = strike.toString();
        engines.killAndRestart(strike.engines().stream().map(engines::living).toList());
        runners.killAndRestart(strike.runners().stream().map(runners::living).toList());
        if (strike.broker() != 0) {
            ground.brokers().killAndRestart(strike.broker());
        }
    }

    private void awaitEnded(int runs) throws InterruptedException {
        Patience.await("runs go on", WENT_ON_WITHIN, () -> seen.ended() >= runs);
    }

    private EngineVerdict verdict() throws IOException, ExecutionException, InterruptedException {
        Patience.waited(() -> seen.open().isEmpty()); // if not, the verdict says which have not ended
        for (Fleet fleet : List.of(engines, runners)) {
            for (Member member : new ArrayList<>(fleet.living())) {
                fleet.stop(member);
            }
        }
        return new EngineVerdict(
                started, seen, runners.members(), recoveries, ground.brokers().weak());
    }
}
