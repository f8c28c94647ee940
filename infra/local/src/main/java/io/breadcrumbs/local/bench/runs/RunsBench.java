package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.BareMeasures;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.Rounds;
import io.breadcrumbs.local.bench.Rounds.Measure;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Subject;
import io.breadcrumbs.local.data.Folders;
import io.breadcrumbs.schemas.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures runs of a shape beside the floor of that shape. */
final class RunsBench {

    static final String BARE_ACK = "bare_ack";
    static final String BARE_POLL = "bare_poll";
    static final String FLOOR = "floor_";
    static final String LOOP = "_loop";

    /** Before the script of a run is taken, so that it is written as quickly as later ones. */
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final Plan plan;
    private final Rounds rounds;
    private final Consumer<String> progress;

    /**
     * What is measured.
     *
     * @param effects of the tool
     * @param clients how many runs there are at once in the closed loop
     * @param apart whether the runner is in another process
     */
    record Plan(Shape shape, SideEffects effects, int clients, boolean apart) {}

    /**
     * @param duration of the rounds; the warm-up before takes as long at most
     * @param progress takes a line whenever something has been going on for a while
     */
    RunsBench(Plan plan, Duration duration, Consumer<String> progress) {
        this.plan = plan;
        rounds = new Rounds(duration, progress);
        this.progress = progress;
    }

    /** Measures on a broker that lives as long as the benchmark. */
    RunsReport run() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path state = Files.createTempDirectory("crumb-bench-engine");
        try (Subject subject = Subject.withoutServices(progress)) {
            Broker broker = subject.broker();
            progress.accept("starting an engine and a runner");
            List<String> notes = new ArrayList<>();
            Map<String, Samples> samples;
            long count;
            try (RunMeasures runs = new RunMeasures(broker, plan, state)) {
                samples = measure(subject, runs, notes);
                count = runs.count();
            }
            long stored = Folders.size(state); // what the stores had in memory is there when they are closed
            notes.add("and " + stored / count + " in the run store, which has " + count + " runs");
            return new RunsReport(plan, samples, notes);
        } finally {
            Folders.delete(state);
        }
    }

    private Map<String, Samples> measure(Subject subject, RunMeasures runs, List<String> notes)
            throws InterruptedException, ExecutionException, TimeoutException {
        progress.accept("first runs");
        Rounds.onVirtualThread(runs::once).slice(new Samples(), System.nanoTime() + WARM_UP.toNanos());
        Script script = runs.script();
        Footprint before = Footprint.of(subject.broker());
        long already = runs.count();
        try (BareMeasures bare = new BareMeasures(subject.broker());
                Floor floor = new Floor(subject.broker(), script)) {
            String name = plan.shape().toString();
            Map<String, Measure> measures = new LinkedHashMap<>();
            measures.put(BARE_ACK, bare::acknowledged);
            measures.put(BARE_POLL, bare::polled);
            if (!plan.apart()) {
                measures.put(FLOOR + name, Rounds.onVirtualThread(floor::once));
                measures.put(FLOOR + name + LOOP, loop(floor::once));
            }
            measures.put(name, Rounds.onVirtualThread(runs::once));
            measures.put(name + LOOP, loop(runs::once));
            Map<String, Samples> samples = rounds.of(measures);
            notes.addAll(notes(subject, script));
            notes.add(Footprint.of(subject.broker()).each(before, runs.count() - already));
            return samples;
        }
    }

    /** As many at once as there are clients, each one run after the other. */
    private Measure loop(Measure each) {
        return (samples, untilNanos) -> {
            List<FutureTask<@Nullable Void>> clients = new ArrayList<>();
            for (int i = 0; i < plan.clients(); i++) {
                FutureTask<@Nullable Void> client = new FutureTask<>(() -> {
                    each.slice(samples, untilNanos);
                    return null;
                });
                clients.add(client);
                Thread.startVirtualThread(client);
            }
            for (FutureTask<@Nullable Void> client : clients) {
                client.get();
            }
        };
    }

    private List<String> notes(Subject subject, Script script) {
        List<String> notes = new ArrayList<>();
        notes.add(subject.where() + "; "
                + (plan.apart() ? "engine in this one, runner in a third" : "engine and runner in this one"));
        notes.add((plan.apart() ? "a run's engine writes " : "a run writes ")
                + script.lines().size() + " records of " + script.bytes() + " bytes");
        notes.add(plan.clients() + " clients in the closed loops; side effects of the tool: "
                + RunsCommand.word(plan.effects()));
        if (!Rounds.compiler().isEmpty()) {
            notes.add(Rounds.compiler());
        }
        return notes;
    }
}
