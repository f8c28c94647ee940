package io.breadcrumbs.local.requirements;

import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.bus.BusDesk;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A platform with an engine, and a runner beside it. */
final class Stand implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Platform platform;
    final Bus bus;
    final Runs runs;
    private final SystemTime time = new SystemTime("stand");
    private final Runner runner;

    Stand(Path data) throws Exception {
        platform = Platform.start(PlatformSettings.anywhere(data), _ -> {}).orThrow();
        bus = KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "stand")),
                PATIENCE);
        runs = new Runs(bus, "tester");
        List<Tool<?, ?>> tools = new ArrayList<>(JavaTools.found());
        tools.addAll(StandTools.all());
        runner = new Runner(
                bus,
                RunnerSettings.DEFAULT,
                new JavaTools(tools),
                List.of(),
                new Surroundings(
                        new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog()));
        runner.joined().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** What the journal has of a run. */
    record Told(Run run, List<Event> events) {

        String output() {
            return String.valueOf(run.output());
        }

        String errorCode() {
            return run.error() == null ? "" : run.error().code();
        }

        <E extends Event> List<E> all(Class<E> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /** The places of these events, in their order. */
        List<String> asked() {
            return all(Event.Asked.class).stream()
                    .map(Event.Asked::at)
                    .map(Place::toString)
                    .toList();
        }
    }

    void start(String id, String definition, String input) throws Exception {
        runs.start(Start.of(id, definition, input)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts a run, and waits until it is over. */
    Told run(String id, String definition, String input) throws Exception {
        start(id, definition, input);
        return untilOver(id);
    }

    Told untilOver(String id) throws InterruptedException {
        return until(id, told -> told.run().status().over());
    }

    /** Follows a run until it is so. */
    Told until(String id, Predicate<Told> so) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        try (Family family = new Family(
                new BusDesk(bus, List::of).runs(),
                id,
                false,
                decided -> decided.batch().entries().stream().map(Entry::event).forEach(events::add))) {
            Told told = new Told(family.first().run(), events);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!family.caughtUp() || !so.test(told)) {
                if (family.next(Duration.ofMillis(100)) == null && System.nanoTime() > until) {
                    throw new IllegalStateException(
                            "run " + id + " is " + told.run().status() + " after " + PATIENCE + ": " + events);
                }
            }
            return told;
        }
    }

    @Override
    public void close() {
        runner.close();
        bus.close();
        time.close();
        platform.close();
    }
}
