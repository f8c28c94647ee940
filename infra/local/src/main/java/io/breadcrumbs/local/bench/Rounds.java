package io.breadcrumbs.local.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
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

    /** Something that is measured, slice by slice. */
    public interface Measure {

        /** Repeats what is measured until the time ({@link System#nanoTime}) is over, and leaves nothing under way. */
        void slice(Samples samples, long untilNanos) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static final int ROUNDS = 12;
    private static final int LEAST_WARM_UP_ROUNDS = 3;

    /** Warm is what the compiler spends less of a round on; a platform that has run for a while hardly compiles. */
    private static final double COMPILING = 0.05;

    /** Between slices, at most so long, the readers of log copies catch up, so that nothing of one is in the next. */
    private static final Duration REST = Duration.ofMillis(60);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final Duration duration;
    private final Consumer<String> progress;

    /**
     * @param duration of all rounds; the warm-up before takes as long at most
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
        warmUp(measures);
        for (int round = 1; round <= ROUNDS; round++) {
            progress.accept("round " + round + " of " + ROUNDS);
            round(measures, samples);
        }
        return samples;
    }

    private void warmUp(Map<String, Measure> measures)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean warm = false;
        for (int round = 1; round <= ROUNDS && !warm; round++) {
            progress.accept("warming up, " + round + " of at most " + ROUNDS);
            long began = System.nanoTime();
            long compiled = compiler.getTotalCompilationTime();
            Map<String, Samples> samples = new LinkedHashMap<>();
            measures.keySet().forEach(name -> samples.put(name, new Samples()));
            round(measures, samples);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            warm = round >= LEAST_WARM_UP_ROUNDS && compiler.getTotalCompilationTime() - compiled < COMPILING * millis;
        }
    }

    private void round(Map<String, Measure> measures, Map<String, Samples> samples)
            throws InterruptedException, ExecutionException, TimeoutException {
        long slot = duration.toNanos() / ((long) ROUNDS * measures.size());
        long rest = Math.min(REST.toNanos(), slot / 4);
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

    /** A line on how this process is compiled, if that is slower than it could be; empty if not. */
    public static String compiler() {
        boolean quickOnly =
                ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1");
        return quickOnly
                ? "this process compiles for a quick start only (TieredStopAtLevel=1): it could be faster"
                : "";
    }
}
