package io.breadcrumbs.local.bench.tools;

import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Samples.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a run, for people and for programs. */
public final class ToolsReport {

    private static final double MILLIS = 1_000;

    /** Which measure is a measure's unit: their medians are compared. */
    private static final Map<String, String> UNITS = Map.of(
            ToolsBench.LOCAL_REQUEST, ToolsBench.FLOOR_REQUEST,
            ToolsBench.ECHO_CALL, ToolsBench.FLOOR_REQUEST,
            ToolsBench.LOCAL_REQUEST_ALONE, ToolsBench.FLOOR_REQUEST_ALONE,
            ToolsBench.ECHO_CALL_ALONE, ToolsBench.FLOOR_REQUEST_ALONE);

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final RunnerAlone.Cost own;
    private final Timers timers;
    private final RunnerMeasures.Queue queue;
    private final List<String> notes;

    /**
     * Many timers of a second at once.
     *
     * @param took until all were answered
     * @param heapMb live heap that they held while they waited
     */
    record Timers(int calls, Duration took, double heapMb) {}

    ToolsReport(
            Map<String, Samples> samples,
            RunnerAlone.Cost own,
            Timers timers,
            RunnerMeasures.Queue queue,
            List<String> notes) {
        samples.forEach((name, of) -> rows.put(name, of.row(name)));
        this.own = own;
        this.timers = timers;
        this.queue = queue;
        this.notes = List.copyOf(notes);
    }

    /** One object a line for each measure. */
    public List<String> json() {
        List<String> lines = new ArrayList<>();
        rows.values()
                .forEach(row -> lines.add(String.format(
                        Locale.ROOT,
                        "{\"name\":\"%s\",\"n\":%d,\"p50_us\":%.3f,\"p99_us\":%.3f,\"max_us\":%.3f,"
                                + "\"per_s\":%.1f,\"cpu_us\":%.3f,\"ratio\":%s}",
                        row.name(),
                        row.n(),
                        row.p50(),
                        row.p99(),
                        row.max(),
                        row.rates().perSecond(),
                        row.rates().cpuMicrosEach(),
                        ratio(row)
                                .map(ratio -> String.format(Locale.ROOT, "%.3f", ratio))
                                .orElse("null"))));
        lines.add(String.format(
                Locale.ROOT,
                "{\"name\":\"runner_alone\",\"cpu_us\":%.3f,\"bytes\":%.0f,\"ratio\":null}",
                own.micros(),
                own.bytes()));
        lines.add(String.format(
                Locale.ROOT,
                "{\"name\":\"timers\",\"n\":%d,\"seconds\":%.3f,\"heap_mb\":%.1f,\"ratio\":null}",
                timers.calls(),
                seconds(timers.took()),
                timers.heapMb()));
        lines.add(String.format(
                Locale.ROOT,
                "{\"name\":\"queued\",\"n\":%d,\"heap_quarter_mb\":%.1f,\"heap_mb\":%.1f,\"per_s\":%.1f,"
                        + "\"ratio\":null}",
                queue.requests(),
                queue.quarterMb(),
                queue.fullMb(),
                queue.perSecond()));
        return lines;
    }

    /** The measures, aligned. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-20s %8s %9s %9s %10s %8s %8s %6s",
                "MEASURE",
                "N",
                "P50 µs",
                "P99 µs",
                "MAX µs",
                "PER S",
                "CPU µs",
                "RATIO"));
        rows.values()
                .forEach(row -> lines.add(String.format(
                        Locale.ROOT,
                        "%-20s %8d %9.1f %9.1f %10.1f %8.0f %8.1f %6s",
                        row.name(),
                        row.n(),
                        row.p50(),
                        row.p99(),
                        row.max(),
                        row.rates().perSecond(),
                        row.rates().cpuMicrosEach(),
                        ratio(row)
                                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                .orElse(""))));
        return lines;
    }

    private Optional<Double> ratio(Row row) {
        return Optional.ofNullable(UNITS.get(row.name()))
                .map(unit -> row.p50() / row(unit).p50())
                .filter(Double::isFinite);
    }

    /** What was measured where. */
    public List<String> notes() {
        return notes;
    }

    /** One line for each budget: what was allowed, what came, and whether that is within it. */
    public List<String> budgets() {
        double seconds = seconds(timers.took());
        return List.of(
                call(ToolsBench.ECHO_CALL, ToolsBench.FLOOR_REQUEST),
                call(ToolsBench.ECHO_CALL_ALONE, ToolsBench.FLOOR_REQUEST_ALONE),
                late(ToolsBench.ECHO_CALL),
                late(ToolsBench.ECHO_CALL_ALONE),
                String.format(
                        Locale.ROOT,
                        "runner_alone ≤ 20 µs of processor time a call: %.1f µs (and %.0f bytes), %s",
                        own.micros(),
                        own.bytes(),
                        met(own.micros() <= 20)),
                String.format(
                        Locale.ROOT,
                        "%d timers of 1 s ≤ 1.5 s: %.2f s, %s",
                        timers.calls(),
                        seconds,
                        met(seconds <= 1.5)),
                String.format(
                        Locale.ROOT,
                        "%d timers ≤ 200 MB: %.0f MB, %s",
                        timers.calls(),
                        timers.heapMb(),
                        met(timers.heapMb() <= 200)),
                String.format(
                        Locale.ROOT,
                        "%d queued requests hold no more than a quarter of them, within 16 MB: %.0f MB and %.0f MB, %s",
                        queue.requests(),
                        queue.fullMb(),
                        queue.quarterMb(),
                        met(queue.fullMb() <= queue.quarterMb() + 16)));
    }

    private String call(String name, String floor) {
        double atMost = 1.5 * row(floor).p50();
        double p50 = row(name).p50();
        return String.format(
                Locale.ROOT, "%s p50 ≤ 1.5 F = %.1f µs: %.1f µs, %s", name, atMost, p50, met(p50 <= atMost));
    }

    private String late(String name) {
        double p99 = row(name).p99();
        return String.format(Locale.ROOT, "%s p99 ≤ 2000 µs: %.1f µs, %s", name, p99, met(p99 <= 2_000));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    private static String met(boolean met) {
        return met ? "met" : "missed";
    }

    private Row row(String name) {
        Row row = rows.get(name);
        if (row == null) {
            throw new IllegalStateException("nothing was measured for " + name);
        }
        return row;
    }
}
