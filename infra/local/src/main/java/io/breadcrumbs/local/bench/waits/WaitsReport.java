package io.breadcrumbs.local.bench.waits;

import io.breadcrumbs.local.bench.Samples.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What came of the benchmark, for people and for programs. */
record WaitsReport(Open open, Takeover takeover, Row timers) {

    private static final double MICROS = 1_000;
    private static final double MOST_MB = 300;
    private static final double MOST_SECONDS = 10;
    private static final double MOST_STOP_SECONDS = 1;
    private static final double MOST_LATE_MS = 20;

    /**
     * Runs that wait.
     *
     * @param took from the first start until the last of them waited
     */
    record Open(int runs, Duration took, Memory before, Memory after) {

        double heapMb() {
            return after.heap() - before.heap();
        }

        double residentMb() {
            return after.resident() - before.resident();
        }
    }

    /**
     * An engine stops, and another one takes over.
     *
     * @param kept with the rows that the former one left in its folder
     * @param rebuilt without any
     */
    record Takeover(Duration stopped, Duration kept, Duration rebuilt) {}

    /** One object a line for each measure. */
    List<String> json() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "{\"name\":\"open\",\"n\":%d,\"seconds\":%.3f,\"heap_mb\":%.1f,\"resident_mb\":%.1f}",
                        open.runs(),
                        seconds(open.took()),
                        open.heapMb(),
                        open.residentMb()),
                String.format(
                        Locale.ROOT,
                        "{\"name\":\"takeover\",\"n\":%d,\"stop_seconds\":%.3f,\"seconds\":%.3f,\"rebuilt_seconds\":%.3f}",
                        open.runs(),
                        seconds(takeover.stopped()),
                        seconds(takeover.kept()),
                        seconds(takeover.rebuilt())),
                String.format(
                        Locale.ROOT,
                        "{\"name\":\"timers\",\"n\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}",
                        timers.n(),
                        timers.p50() / MICROS,
                        timers.p99() / MICROS,
                        timers.max() / MICROS));
    }

    /** The same for people. */
    List<String> table() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d runs wait after %.1f s; they hold %.0f MB of heap, %.0f MB resident",
                        open.runs(),
                        seconds(open.took()),
                        open.heapMb(),
                        open.residentMb()),
                String.format(
                        Locale.ROOT,
                        "the engine stops in %.2f s; another takes over in %.2f s, without rows in %.2f s",
                        seconds(takeover.stopped()),
                        seconds(takeover.kept()),
                        seconds(takeover.rebuilt())),
                String.format(
                        Locale.ROOT,
                        "%d timers, a thousand a second: %.1f ms late p50, %.1f ms p99, %.1f ms at most",
                        timers.n(),
                        timers.p50() / MICROS,
                        timers.p99() / MICROS,
                        timers.max() / MICROS));
    }

    /** One line for each budget: what was allowed, what came, and whether that is within it. */
    List<String> budgets() {
        double mb = Math.max(open.heapMb(), open.residentMb());
        return List.of(
                budget("memory of " + open.runs() + " waiting runs", "MB", MOST_MB, mb),
                budget("takeover", "s", MOST_SECONDS, seconds(takeover.kept())),
                budget("clean stop", "s", MOST_STOP_SECONDS, seconds(takeover.stopped())),
                budget("timers late, p99", "ms", MOST_LATE_MS, timers.p99() / MICROS));
    }

    private static String budget(String what, String unit, double most, double came) {
        return String.format(
                Locale.ROOT, "%s ≤ %.0f %s: %.2f, %s", what, most, unit, came, came <= most ? "met" : "missed");
    }

    private static double seconds(Duration took) {
        return took.toNanos() / 1e9;
    }
}
