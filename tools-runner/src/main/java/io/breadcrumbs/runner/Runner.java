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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A tools-runner on a bus: reads the catalogue and what was cancelled, announces its Java tools, and joins the groups
 * of its pools and looks after their triggers. All members of a pool's group have all its tools: a runner that lacks
 * one does not join, and says so.
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
        intake = new Intake(bus, around, toolbox, settings.concurrency(), settings.perWorkspace());
        triggers = new Triggers(bus, around.time(), around.hands(), toolbox);
        joined = CompletableFuture.allOf(catalogue.caughtUp(), intake.ready())
                .thenCompose(_ -> announce())
                .thenCompose(_ -> intake.join(settings.pools()))
                .thenRun(() -> triggers.start(settings.pools()));
    }

    private CompletableFuture<Void> announce() {
        List<String> faults = announcement.conflicts(java.specs());
        toolbox.all()
                .map(Entry::definition)
                .flatMap(tool -> lacks(tool).stream())
                .distinct()
                .forEach(faults::add);
        if (!faults.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the runner does not join its pools: " + String.join("; ", faults)));
        }
        return announcement.publish(java.specs()).thenCompose(toolbox::whenRead);
    }

    private Optional<String> lacks(ToolDefinition tool) {
        if (!tool.getEnabled() || !settings.pools().contains(tool.getPool())) {
            return Optional.empty();
        }
        return providers.stream()
                .filter(provider -> provider.kind() == tool.getKind())
                .findFirst()
                .flatMap(provider -> provider.lacks(tool))
                .map(what -> "pool '" + tool.getPool() + "' has " + what);
    }

    /** Completes when the runner has joined its pools; fails with what keeps it from that. */
    public CompletableFuture<Void> joined() {
        return joined;
    }

    /** How it is, now. */
    public Health health() {
        List<String> faults = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        switch (joined.state()) {
            case RUNNING -> faults.add("it has not joined its pools yet");
            case FAILED -> faults.add(String.valueOf(joined.exceptionNow().getMessage()));
            case CANCELLED -> faults.add("its start was given up");
            case SUCCESS -> {}
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
