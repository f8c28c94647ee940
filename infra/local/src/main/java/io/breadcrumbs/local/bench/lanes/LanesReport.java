package io.breadcrumbs.local.bench.lanes;

import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Samples.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What came of a run, for people and for programs. */
public final class LanesReport {

    /** Which measure is a measure's unit, and whether their medians or their rates are compared. */
    private static final Map<String, String> UNITS = Map.of(
            LanesBench.BARE_POLL, LanesBench.BARE_ACK,
            LanesBench.BARE_TWO_HOPS, LanesBench.BARE_POLL,
            LanesBench.FLOOR_REQUEST, LanesBench.BARE_ACK,
            LanesBench.LOCAL_REQUEST, LanesBench.FLOOR_REQUEST,
            LanesBench.FLOOR_REQUEST_ALONE, LanesBench.BARE_ACK,
            LanesBench.LOCAL_REQUEST_ALONE, LanesBench.FLOOR_REQUEST_ALONE,
            LanesBench.REMOTE_REQUEST, LanesBench.BARE_POLL,
            LanesBench.BUS_THROUGHPUT, LanesBench.BARE_THROUGHPUT);

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Samples> samples;
    private final List<String> notes = new ArrayList<>();

    LanesReport(Map<String, Samples> samples, String where, long byLog, String compiler) {
        this.samples = samples;
        samples.forEach((name, of) -> rows.put(name, of.row(name)));
        notes.add(where);
        notes.add("records of the local measures that took the log instead of the eager lane: " + byLog);
        if (!compiler.isEmpty()) {
            notes.add(compiler);
        }
    }

    /** One object a line for each measure. */
    public List<String> json() {
        return rows.values().stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "{\"name\":\"%s\",\"n\":%d,\"p50_us\":%.3f,\"p90_us\":%.3f,\"p99_us\":%.3f,"
                                + "\"p999_us\":%.3f,\"max_us\":%.3f,\"per_s\":%.1f,\"ratio\":%s}",
                        row.name(),
                        row.n(),
                        row.p50(),
                        row.p90(),
                        row.p99(),
                        row.p999(),
                        row.max(),
                        row.rates().perSecond(),
                        ratio(row).isPresent()
                                ? String.format(Locale.ROOT, "%.3f", ratio(row).getAsDouble())
                                : "null"))
                .toList();
    }

    /** The measures, aligned. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-20s %8s %9s %9s %9s %9s %10s %8s %6s %9s",
                "MEASURE",
                "N",
                "P50 µs",
                "P90 µs",
                "P99 µs",
                "P99.9 µs",
                "MAX µs",
                "PER S",
                "RATIO",
                "BYTES"));
        for (Row row : rows.values()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-20s %8d %9.1f %9.1f %9.1f %9.1f %10.1f %8.0f %6s %9.0f",
                    row.name(),
                    row.n(),
                    row.p50(),
                    row.p90(),
                    row.p99(),
                    row.p999(),
                    row.max(),
                    row.rates().perSecond(),
                    ratio(row).isPresent()
                            ? String.format(Locale.ROOT, "%.2f", ratio(row).getAsDouble())
                            : "",
                    row.rates().bytesEach()));
        }
        return lines;
    }

    private OptionalDouble ratio(Row row) {
        String unit = UNITS.get(row.name());
        if (unit == null) {
            return OptionalDouble.empty();
        }
        boolean rates = row.name().equals(LanesBench.BUS_THROUGHPUT);
        double ratio = rates
                ? row.rates().perSecond() / row(unit).rates().perSecond()
                : row.p50() / row(unit).p50();
        return Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }

    /** What was measured where. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** One line for each budget: what was allowed, what came, and whether that is within it. */
    public List<String> budgets() {
        double poll = row(LanesBench.BARE_POLL).p50();
        Row remote = row(LanesBench.REMOTE_REQUEST);
        double hops = row(LanesBench.BARE_TWO_HOPS).p99();
        long late = outliers(LanesBench.REMOTE_REQUEST);
        double share = row(LanesBench.BUS_THROUGHPUT).rates().perSecond()
                / row(LanesBench.BARE_THROUGHPUT).rates().perSecond();
        return List.of(
                handler(LanesBench.LOCAL_HANDLER),
                handler(LanesBench.LOCAL_HANDLER_ALONE),
                request(LanesBench.LOCAL_REQUEST, LanesBench.FLOOR_REQUEST),
                request(LanesBench.LOCAL_REQUEST_ALONE, LanesBench.FLOOR_REQUEST_ALONE),
                late(LanesBench.LOCAL_REQUEST),
                late(LanesBench.LOCAL_REQUEST_ALONE),
                budget(
                        String.format(Locale.ROOT, "remote_request p50 ≤ 2.6 H = %.0f µs", 2.6 * poll),
                        remote.p50(),
                        2.6 * poll),
                budget(
                        String.format(Locale.ROOT, "remote_request p99 ≤ 3 × two bare hops = %.0f µs", 3 * hops),
                        remote.p99(),
                        3 * hops),
                String.format(
                        Locale.ROOT,
                        "no outliers of 400 ms or more: remote_request %d (bare_poll %d, bare_two_hops %d, "
                                + "bare_throughput %d, bus_throughput %d), %s",
                        late,
                        outliers(LanesBench.BARE_POLL),
                        outliers(LanesBench.BARE_TWO_HOPS),
                        outliers(LanesBench.BARE_THROUGHPUT),
                        outliers(LanesBench.BUS_THROUGHPUT),
                        met(late == 0)),
                String.format(
                        Locale.ROOT, "bus_throughput ≥ 70 %% of bare: %.0f %%, %s", 100 * share, met(share >= 0.7)),
                allocation());
    }

    private String handler(String name) {
        return budget(name + " p50 ≤ 30 µs", row(name).p50(), 30);
    }

    private String request(String name, String floor) {
        double atMost = 1.5 * row(floor).p50();
        return budget(
                String.format(Locale.ROOT, "%s p50 ≤ 1.5 F = %.1f µs", name, atMost),
                row(name).p50(),
                atMost);
    }

    private String late(String name) {
        return budget(name + " p99 ≤ 2000 µs", row(name).p99(), 2_000);
    }

    private String allocation() {
        double bytes = row(LanesBench.LOCAL_HANDLER).rates().bytesEach();
        return String.format(
                Locale.ROOT,
                "allocation ≤ 4096 bytes a local record: %.0f bytes (this process alone, no broker in it), %s",
                bytes,
                met(bytes <= 4_096));
    }

    private static String budget(String what, double micros, double atMost) {
        return String.format(Locale.ROOT, "%s: %.1f µs, %s", what, micros, met(micros <= atMost));
    }

    private static String met(boolean met) {
        return met ? "met" : "missed";
    }

    private long outliers(String name) {
        return samples(name).outliers();
    }

    private Samples samples(String name) {
        Samples of = samples.get(name);
        if (of == null) {
            throw new IllegalStateException("nothing was measured for " + name);
        }
        return of;
    }

    private Row row(String name) {
        Row row = rows.get(name);
        if (row == null) {
            throw new IllegalStateException("nothing was measured for " + name);
        }
        return row;
    }
}
