package io.breadcrumbs.local.bench.tools;

import io.breadcrumbs.local.bench.BareMeasures;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Rounds;
import io.breadcrumbs.local.bench.Rounds.Measure;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures calls of tools by bus and runner beside the bare lane, and then very many of them at once. */
public final class ToolsBench {

    /** What the rounds take unless somebody says otherwise. */
    public static final Duration DEFAULT_DURATION = Duration.ofSeconds(60);

    static final String FLOOR_REQUEST = "floor_request";
    static final String LOCAL_REQUEST = "local_request";
    static final String ECHO_CALL = "echo_call";
    static final String FLOOR_REQUEST_ALONE = "floor_request_alone";
    static final String LOCAL_REQUEST_ALONE = "local_request_alone";
    static final String ECHO_CALL_ALONE = "echo_call_alone";

    static final int TIMERS = 10_000;
    static final int QUEUED = 200_000;

    /** How many requests may wait for their acknowledgement while the next is measured. */
    private static final int STREAM = 32;

    /** The next begins when the last is acknowledged. */
    private static final int ALONE = 1;

    private final Rounds rounds;
    private final Consumer<String> progress;

    /**
     * @param duration of the rounds; the rest takes about a minute
     * @param progress takes a line whenever something has been going on for a while
     */
    public ToolsBench(Duration duration, Consumer<String> progress) {
        rounds = new Rounds(duration, progress);
        this.progress = progress;
    }

    /** Measures on a running platform, or, without one, on a platform that lives as long as the benchmark. */
    public ToolsReport run(@Nullable Broker running)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Subject subject = Subject.of(running, progress)) {
            return measure(subject);
        }
    }

    private ToolsReport measure(Subject subject) throws InterruptedException, ExecutionException, TimeoutException {
        Broker broker = subject.broker();
        int partitions = BenchTopics.create(broker);
        progress.accept("connecting");
        try (RunnerMeasures runner = new RunnerMeasures(broker, partitions)) {
            Map<String, Samples> samples = calls(broker, partitions, runner);
            progress.accept("the runner alone");
            RunnerAlone.Cost own = new RunnerAlone().measure();
            progress.accept(TIMERS + " timers");
            runner.timers(TIMERS);
            Duration took = runner.timers(TIMERS);
            double timersMb = runner.timersMb(TIMERS);
            progress.accept(QUEUED + " requests to a slow tool");
            return new ToolsReport(
                    samples, own, new ToolsReport.Timers(TIMERS, took, timersMb), runner.queue(QUEUED), notes(subject));
        } finally {
            BenchTopics.empty(broker, partitions);
        }
    }

    private static List<String> notes(Subject subject) {
        String compiler = Rounds.compiler();
        return compiler.isEmpty() ? List.of(subject.where()) : List.of(subject.where(), compiler);
    }

    private Map<String, Samples> calls(Broker broker, int partitions, RunnerMeasures runner)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (BareMeasures bare = new BareMeasures(broker);
                BusMeasures bus = new BusMeasures(broker, partitions)) {
            bus.awaitOpen();
            Map<String, Measure> measures = new LinkedHashMap<>();
            measures.put(FLOOR_REQUEST, bare.floor(STREAM));
            measures.put(LOCAL_REQUEST, bus.answered(BenchTopics.POOL, STREAM));
            measures.put(ECHO_CALL, runner.echo(STREAM));
            measures.put(FLOOR_REQUEST_ALONE, bare.floor(ALONE));
            measures.put(LOCAL_REQUEST_ALONE, bus.answered(BenchTopics.POOL, ALONE));
            measures.put(ECHO_CALL_ALONE, runner.echo(ALONE));
            measures.replaceAll((_, measure) -> Rounds.onVirtualThread(measure));
            return rounds.of(measures);
        }
    }
}
