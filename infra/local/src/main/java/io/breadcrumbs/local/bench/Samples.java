package io.breadcrumbs.local.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** What a measure has recorded. Any thread records; the one that runs the slices reads. */
public final class Samples {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final long OUTLIER_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final ConcurrentHistogram nanos = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private final LongAdder spentNanos = new LongAdder();
    private final LongAdder allocatedBytes = new LongAdder();
    private final LongAdder computedNanos = new LongAdder();

    /**
     * What came of a measure.
     *
     * @param rates how often, and at what cost
     */
    public record Row(String name, long n, double p50, double p90, double p99, double p999, double max, Rates rates) {}

    /**
     * How often something happened, and at what cost.
     *
     * @param perSecond how many there were for each second of the slices
     * @param bytesEach how many bytes all threads of this process allocated for each
     * @param cpuMicrosEach how long all threads of this process computed for each
     */
    public record Rates(double perSecond, double bytesEach, double cpuMicrosEach) {}

    public void add(long tookNanos) {
        nanos.recordValue(Math.clamp(tookNanos, 1, LONGEST_NANOS));
    }

    public void addSpent(long sliceNanos) {
        spentNanos.add(sliceNanos);
    }

    public void addAllocated(long bytes) {
        allocatedBytes.add(bytes);
    }

    public void addComputed(long nanosOfAllThreads) {
        computedNanos.add(nanosOfAllThreads);
    }

    /** How many took so long that a reader must have waited for a fetch that nothing came by. */
    public long outliers() {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getCountBetweenValues(OUTLIER_NANOS, LONGEST_NANOS);
    }

    public Row row(String name) {
        long n = nanos.getTotalCount();
        double seconds = (double) spentNanos.sum() / TimeUnit.SECONDS.toNanos(1);
        return new Row(
                name,
                n,
                micros(50),
                micros(90),
                micros(99),
                micros(99.9),
                nanos.getMaxValue() / NANOS_PER_MICRO,
                new Rates(
                        seconds == 0 ? 0 : n / seconds,
                        (double) allocatedBytes.sum() / Math.max(1, n),
                        computedNanos.sum() / NANOS_PER_MICRO / Math.max(1, n)));
    }

    private double micros(double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
