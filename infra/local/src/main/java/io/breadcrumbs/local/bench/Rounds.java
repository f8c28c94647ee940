package io.breadcrumbs.local.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
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

/** Several measures, a slice of each in every round, so that noise of the machine hits all alike. */
public final class Rounds {

    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 12;

    /** Between slices, at most so long, the readers of log copies catch up, so that nothing of one is in the next. */
    private static final Duration REST = Duration.ofMillis(60);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Duration duration;
    private final Consumer<String> progress;

    /**
     * @param duration of all rounds, warm-up included
     * @param progress takes a line whenever something has been going on for a while
     */
    public Rounds(Duration duration, Consumer<String> progress) {
        if (duration.compareTo(Duration.ofSeconds(5)) < 0) {
            throw new IllegalArgumentException("duration: expected 5 s or more, got " + duration.toSeconds() + " s");
        }
        this.duration = duration;
        this.progress = progress;
    }

    /** What is measured on a virtual thread, as everything runs that waits. */
    public static Measure onVirtualThread(Measure measure) {
        return (samples, untilNanos) -> {
            FutureTask<@Nullable Void> slice = new FutureTask<>(() -> {
                measure.slice(samples, untilNanos);
                return null;
            });
            Thread.startVirtualThread(slice);
            slice.get();
        };
    }

    /** Measures; what came of each, without the warm-up. */
    public Map<String, Samples> of(Map<String, Measure> measures)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Samples> samples = new LinkedHashMap<>();
        measures.keySet().forEach(name -> samples.put(name, new Samples()));
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
                long computed = machine.getProcessCpuTime();
                long begin = System.nanoTime();
                measure.getValue().slice(into, begin + slot - rest);
                into.addSpent(System.nanoTime() - begin);
                TimeUnit.NANOSECONDS.sleep(rest);
                into.addAllocated(threads.getTotalThreadAllocatedBytes() - allocated);
                into.addComputed(machine.getProcessCpuTime() - computed);
            }
        }
        return samples;
    }

    /** A line on how this process is compiled, if that is slower than it could be; empty if not. */
    public static String compiler() {
        boolean quickOnly =
                ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1");
        return quickOnly
                ? "this process compiles for a quick start only (TieredStopAtLevel=1): it could be faster"
                : "";
    }
}
