package io.breadcrumbs.runner;

import io.breadcrumbs.runner.catalogue.Announcement;
import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Desk;
import io.breadcrumbs.runner.intake.Intake;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.runner.provider.Provider;
import io.breadcrumbs.runner.trigger.Triggers;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Health;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A tools-runner on a bus: reads the catalogue and what was cancelled, announces its Java tools, and joins the groups
 * of its pools and looks after their triggers. All members of a pool's group have all its tools: a runner that lacks
 * one leaves that pool out, and says so.
 */
public class Runner implements AutoCloseable {

    /** So long may the catalogue or the cancels have what this runner has not read. */
    private static final Duration BEHIND_AT_MOST = Duration.ofSeconds(5);

    private final Bus bus;
    private final Time time;
    private final RunnerSettings settings;
    private final JavaTools java;
    private final List<Provider> providers;
    private final Toolbox toolbox;
    private final Tail catalogue;
    private final Announcement announcement;
    private final Intake intake;
    private final Triggers triggers;
    private final CompletableFuture<Void> joined;
    private volatile Map<String, String> leftOut = Map.of();

    /**
     * Starts a runner of these tools, which are all that their pool has. Secrets are variables of the environment.
     *
     * @param pool the pool that their specs name
     */
    public static Runner of(Bus bus, String pool, Tool<?, ?>... tools) {
        SystemTime time = new SystemTime(bus.instance() + " " + pool);
        Surroundings around = new Surroundings(
                new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                time,
                Thread::startVirtualThread,
                new ExecutionLog());
        RunnerSettings settings = new RunnerSettings(Set.of(pool), RunnerSettings.DEFAULT.concurrency());
        return new Runner(bus, settings, new JavaTools(List.of(tools)), List.of(), around) {
            @Override
            public void close() {
                super.close();
                time.close();
            }
        };
    }

    /**
     * Starts a runner.
     *
     * @param providers of the kinds of tools beside Java
     */
    public Runner(
            Bus bus, RunnerSettings settings, JavaTools java, List<? extends Provider> providers, Surroundings around) {
        this.bus = bus;
        this.time = around.time();
        this.settings = settings;
        this.java = java;
        this.providers = new ArrayList<>(providers);
        this.providers.add(java);
        toolbox = new Toolbox(settings.pools(), this.providers, around.hands());
        catalogue = bus.tail(TailFrom.beginning(Catalogue.TOOL), toolbox);
        announcement = new Announcement(bus, around.time(), toolbox);
        intake = new Intake(
                bus,
                around,
                toolbox,
                new Desk.Limits(settings.concurrency(), settings.perWorkspace(), settings.rememberedAnswers()));
        triggers = new Triggers(bus, around.time(), around.hands(), toolbox);
        joined = CompletableFuture.allOf(catalogue.caughtUp(), intake.ready()).thenCompose(_ -> join());
    }

    private CompletableFuture<Void> join() {
        leftOut = faults();
        Set<String> pools = new HashSet<>(settings.pools());
        pools.removeAll(leftOut.keySet());
        if (pools.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the runner joins no pool: " + String.join("; ", whyLeftOut())));
        }
        List<ToolSpec<?, ?>> served = java.specs().stream()
                .filter(spec -> pools.contains(spec.bounds().pool()))
                .toList();
        return announcement
                .publish(served)
                .thenCompose(toolbox::whenRead)
                .thenCompose(_ -> intake.join(pools))
                .thenRun(() -> triggers.start(pools));
    }

    /** What keeps it from its pools, by pool. */
    private Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>();
        for (ToolSpec<?, ?> spec : java.specs()) {
            if (settings.pools().contains(spec.bounds().pool())) {
                announcement
                        .conflicts(List.of(spec))
                        .forEach(fault -> faults.merge(spec.bounds().pool(), fault, (a, b) -> a + "; " + b));
            }
        }
        toolbox.all()
                .map(Entry::definition)
                .forEach(tool ->
                        lacks(tool).ifPresent(fault -> faults.merge(tool.getPool(), fault, (a, b) -> a + "; " + b)));
        return Map.copyOf(faults);
    }

    private Optional<String> lacks(ToolDefinition tool) {
        if (!tool.getEnabled() || !settings.pools().contains(tool.getPool())) {
            return Optional.empty();
        }
        return providers.stream()
                .filter(provider -> provider.kind() == tool.getKind())
                .findFirst()
                .flatMap(provider -> provider.lacks(tool))
                .map(what -> "it has " + what);
    }

    /** Completes when the runner has joined its pools but for those that it leaves out; fails if it can join none. */
    public CompletableFuture<Void> joined() {
        return joined;
    }

    /** The pools that it has not joined, and why not; known when {@link #joined} is done. */
    public Map<String, String> leftOut() {
        return leftOut;
    }

    private List<String> whyLeftOut() {
        return leftOut.entrySet().stream()
                .map(pool -> "pool '" + pool.getKey() + "' is left out: " + pool.getValue())
                .toList();
    }

    /** How it is, now. */
    public Health health() {
        List<String> faults = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        switch (joined.state()) {
            case RUNNING -> faults.add("it has not joined its pools yet");
            case FAILED -> faults.add(String.valueOf(joined.exceptionNow().getMessage()));
            case CANCELLED -> faults.add("its start was given up");
            case SUCCESS -> faults.addAll(whyLeftOut());
        }
        faults.addAll(bus.readiness().missing());
        behind("the catalogue of tools", catalogue.behindSince(), faults);
        behind("what was cancelled", intake.behindSince(), faults);
        int stuck = desk().occupancy().stuck();
        if (stuck > 0) {
            (stuck < settings.concurrency() ? notes : faults)
                    .add(stuck + " of " + settings.concurrency()
                            + " slots are held by executions that were stopped and do not end");
        }
        return new Health(faults, notes);
    }

    private void behind(String what, Optional<Instant> since, List<String> faults) {
        since.map(at -> Duration.between(at, time.now()))
                .filter(late -> late.compareTo(BEHIND_AT_MOST) > 0)
                .ifPresent(late -> faults.add("it has not read all of " + what + " for " + late.toSeconds() + " s"));
    }

    public RunnerSettings settings() {
        return settings;
    }

    /** How many requests of a pool stand in the log and have not been taken here, as of a moment ago. */
    public long queued(String pool) {
        return intake.queued(pool);
    }

    public Toolbox toolbox() {
        return toolbox;
    }

    public Desk desk() {
        return intake.desk();
    }

    /** Leaves its pools: waits for what runs up to the bus's bound, and hands the rest back to the log. Blocks. */
    @Override
    public void close() {
        triggers.close();
        intake.close();
        catalogue.close();
    }
}
