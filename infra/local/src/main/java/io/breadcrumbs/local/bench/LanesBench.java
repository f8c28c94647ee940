package io.breadcrumbs.local.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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

    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 12;

    /** How many records or requests may wait for their acknowledgement while the next is measured. */
    private static final int STREAM = 32;

    /** The next begins when the last is acknowledged: every thread has gone to sleep meanwhile. */
    private static final int ALONE = 1;

    /** Between slices, at most so long, the readers of log copies catch up, so that nothing of one is in the next. */
    private static final Duration REST = Duration.ofMillis(60);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Duration duration;
    private final Consumer<String> progress;

    /**
     * @param duration of all rounds, warm-up included; starting and stopping takes some seconds more
     * @param progress takes a line whenever something has been going on for a while
     */
    public LanesBench(Duration duration, Consumer<String> progress) {
        if (duration.compareTo(Duration.ofSeconds(5)) < 0) {
            throw new IllegalArgumentException("duration: expected 5 s or more, got " + duration.toSeconds() + " s");
        }
        this.duration = duration;
        this.progress = progress;
    }

    /** Measures a running platform, or, without one, a platform that lives as long as the benchmark. */
    public LanesReport run(@Nullable Broker running)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        if (running != null) {
            return measure(running, "platform: the running one at " + running.kafka() + ", another process");
        }
        progress.accept("starting a platform in a process of its own");
        try (CompanionProcess platform = CompanionProcess.start(Companion.PLATFORM)) {
            String[] addresses = platform.said().split(" ", -1);
            return measure(
                    new Broker(addresses[0], addresses[1]),
                    "platform: started for this on an empty folder, another process on this machine");
        }
    }

    private LanesReport measure(Broker broker, String where)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        int partitions = BenchTopics.create(broker);
        progress.accept("connecting");
        try (CompanionProcess _ = CompanionProcess.start(
                        Companion.PEER, broker.kafka(), broker.registry(), Integer.toString(partitions));
                BareMeasures bare = new BareMeasures(broker);
                BusMeasures bus = new BusMeasures(broker, partitions)) {
            bus.awaitOpen();
            Map<String, Measure> measures = measures(bare, bus);
            Map<String, Samples> samples = new LinkedHashMap<>();
            measures.keySet().forEach(name -> samples.put(name, new Samples()));
            rounds(measures, samples);
            return new LanesReport(samples, where, bus.byLog(), compiler());
        } finally {
            BenchTopics.empty(broker, partitions);
        }
    }

    private static Map<String, Measure> measures(BareMeasures bare, BusMeasures bus) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put(BARE_ACK, bare::acknowledged);
        measures.put(BARE_POLL, bare::polled);
        measures.put(BARE_TWO_HOPS, bare::twoHops);
        measures.put(FLOOR_REQUEST, onVirtualThread(bare.floor(STREAM)));
        measures.put(LOCAL_HANDLER, onVirtualThread(bus.handled(STREAM)));
        measures.put(LOCAL_REQUEST, onVirtualThread(bus.answered(BenchTopics.POOL, STREAM)));
        measures.put(FLOOR_REQUEST_ALONE, onVirtualThread(bare.floor(ALONE)));
        measures.put(LOCAL_HANDLER_ALONE, onVirtualThread(bus.handled(ALONE)));
        measures.put(LOCAL_REQUEST_ALONE, onVirtualThread(bus.answered(BenchTopics.POOL, ALONE)));
        measures.put(REMOTE_REQUEST, onVirtualThread(bus.answered(BenchTopics.REMOTE_POOL, ALONE)));
        measures.put(BARE_THROUGHPUT, bare.flow());
        measures.put(BUS_THROUGHPUT, bus.flow());
        return measures;
    }

    private static Measure onVirtualThread(Measure measure) {
        return (samples, untilNanos) -> {
            FutureTask<@Nullable Void> slice = new FutureTask<>(() -> {
                measure.slice(samples, untilNanos);
                return null;
            });
            Thread.startVirtualThread(slice);
            slice.get();
        };
    }

    private void rounds(Map<String, Measure> measures, Map<String, Samples> samples)
            throws InterruptedException, ExecutionException, TimeoutException {
        long slot = duration.toNanos() / ((long) (WARM_UP_ROUNDS + ROUNDS) * measures.size());
        long rest = Math.min(REST.toNanos(), slot / 4);
        for (int round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round++) {
            progress.accept(round < 1 ? "warming up" : "round " + round + " of " + ROUNDS);
            if (round == 1) {
                samples.values().forEach(Samples::reset);
            }
            for (Map.Entry<String, Measure> measure : measures.entrySet()) {
                Samples into = samples.getOrDefault(measure.getKey(), new Samples());
                long allocated = threads.getTotalThreadAllocatedBytes();
                long begin = System.nanoTime();
                measure.getValue().slice(into, begin + slot - rest);
                into.addSpent(System.nanoTime() - begin);
                TimeUnit.NANOSECONDS.sleep(rest);
                into.addAllocated(threads.getTotalThreadAllocatedBytes() - allocated);
            }
        }
    }

    private static String compiler() {
        boolean quickOnly =
                ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1");
        return quickOnly
                ? "this process compiles for a quick start only (TieredStopAtLevel=1): it could be faster"
                : "";
    }
}
