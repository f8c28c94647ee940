package io.breadcrumbs.local.bench.lanes;

import io.breadcrumbs.local.bench.BareMeasures;
import io.breadcrumbs.local.bench.BenchTopics;
import io.breadcrumbs.local.bench.Broker;
import io.breadcrumbs.local.bench.BusMeasures;
import io.breadcrumbs.local.bench.Companion;
import io.breadcrumbs.local.bench.CompanionProcess;
import io.breadcrumbs.local.bench.Rounds;
import io.breadcrumbs.local.bench.Rounds.Measure;
import io.breadcrumbs.local.bench.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures both lanes of the bus against bare clients, all in turn, round after round. */
public final class LanesBench {

    /** What it takes unless somebody says otherwise. */
    public static final Duration DEFAULT_DURATION = Duration.ofSeconds(60);

    static final String BARE_ACK = "bare_ack";
    static final String BARE_POLL = "bare_poll";
    static final String BARE_TWO_HOPS = "bare_two_hops";
    static final String FLOOR_REQUEST = "floor_request";
    static final String LOCAL_HANDLER = "local_handler";
    static final String LOCAL_REQUEST = "local_request";
    static final String FLOOR_REQUEST_ALONE = "floor_request_alone";
    static final String LOCAL_HANDLER_ALONE = "local_handler_alone";
    static final String LOCAL_REQUEST_ALONE = "local_request_alone";
    static final String REMOTE_REQUEST = "remote_request";
    static final String BARE_THROUGHPUT = "bare_throughput";
    static final String BUS_THROUGHPUT = "bus_throughput";

    /** How many records or requests may wait for their acknowledgement while the next is measured. */
    private static final int STREAM = 32;

    /** The next begins when the last is acknowledged: every thread has gone to sleep meanwhile. */
    private static final int ALONE = 1;

    private final Rounds rounds;
    private final Consumer<String> progress;

    /**
     * @param duration of all rounds; the warm-up before takes as long at most
     * @param progress takes a line whenever something has been going on for a while
     */
    public LanesBench(Duration duration, Consumer<String> progress) {
        rounds = new Rounds(duration, progress);
        this.progress = progress;
    }

    /** Measures a running platform, or, without one, a platform that lives as long as the benchmark. */
    public LanesReport run(@Nullable Broker running)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Subject subject = Subject.of(running, progress)) {
            return measure(subject);
        }
    }

    private LanesReport measure(Subject subject)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Broker broker = subject.broker();
        int partitions = BenchTopics.create(broker);
        progress.accept("connecting");
        try (CompanionProcess _ = CompanionProcess.start(
                        Companion.PEER, broker.kafka(), broker.registry(), Integer.toString(partitions));
                BareMeasures bare = new BareMeasures(broker);
                BusMeasures bus = new BusMeasures(broker, partitions)) {
            bus.awaitOpen();
            bus.awaitAnswered("the remote pool", BenchTopics.REMOTE_POOL);
            return new LanesReport(rounds.of(measures(bare, bus)), subject.where(), bus.byLog(), Rounds.compiler());
        } finally {
            BenchTopics.empty(broker, partitions);
        }
    }

    private static Map<String, Measure> measures(BareMeasures bare, BusMeasures bus) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put(BARE_ACK, bare::acknowledged);
        measures.put(BARE_POLL, bare::polled);
        measures.put(BARE_TWO_HOPS, bare::twoHops);
        measures.put(FLOOR_REQUEST, Rounds.onVirtualThread(bare.floor(STREAM)));
        measures.put(LOCAL_HANDLER, Rounds.onVirtualThread(bus.handled(STREAM)));
        measures.put(LOCAL_REQUEST, Rounds.onVirtualThread(bus.answered(BenchTopics.POOL, STREAM)));
        measures.put(FLOOR_REQUEST_ALONE, Rounds.onVirtualThread(bare.floor(ALONE)));
        measures.put(LOCAL_HANDLER_ALONE, Rounds.onVirtualThread(bus.handled(ALONE)));
        measures.put(LOCAL_REQUEST_ALONE, Rounds.onVirtualThread(bus.answered(BenchTopics.POOL, ALONE)));
        measures.put(REMOTE_REQUEST, Rounds.onVirtualThread(bus.answered(BenchTopics.REMOTE_POOL, ALONE)));
        measures.put(BARE_THROUGHPUT, bare.flow());
        measures.put(BUS_THROUGHPUT, bus.flow());
        return measures;
    }
}
