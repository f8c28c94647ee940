package io.breadcrumbs.local.bench.runs;

import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Samples.Row;
import io.breadcrumbs.schemas.SideEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a run of the benchmark, for people and for programs. */
final class RunsReport {

    private final RunsBench.Plan plan;
    private final String name;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> notes;

    RunsReport(RunsBench.Plan plan, Map<String, Samples> samples, List<String> notes) {
        this.plan = plan;
        this.name = plan.shape().toString();
        samples.forEach((row, of) -> rows.put(row, of.row(row)));
        this.notes = List.copyOf(notes);
    }

    /** One object a line for each measure. */
    List<String> json() {
        return rows.values().stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "{\"name\":\"%s\",\"n\":%d,\"p50_us\":%.3f,\"p99_us\":%.3f,\"max_us\":%.3f,\"per_s\":%.1f,"
                                + "\"cpu_us\":%.3f,\"bytes\":%.0f,\"ratio\":%s}",
                        row.name(),
                        row.n(),
                        row.p50(),
                        row.p99(),
                        row.max(),
                        row.rates().perSecond(),
                        row.rates().cpuMicrosEach(),
                        row.rates().bytesEach(),
                        ratio(row)
                                .map(ratio -> String.format(Locale.ROOT, "%.3f", ratio))
                                .orElse("null")))
                .toList();
    }

    /** The measures, aligned. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-20s %8s %10s %10s %10s %9s %9s %11s %6s",
                "MEASURE",
                "N",
                "P50 µs",
                "P99 µs",
                "MAX µs",
                "PER S",
                "CPU µs",
                "BYTES",
                "RATIO"));
        rows.values()
                .forEach(row -> lines.add(String.format(
                                Locale.ROOT,
                                "%-20s %8d %10.1f %10.1f %10.1f %9.1f %9.1f %11.0f %6s",
                                row.name(),
                                row.n(),
                                row.p50(),
                                row.p99(),
                                row.max(),
                                row.rates().perSecond(),
                                row.rates().cpuMicrosEach(),
                                row.rates().bytesEach(),
                                ratio(row)
                                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                        .orElse(""))
                        .stripTrailing()));
        return lines;
    }

    /** The median to that of the floor; of the loops, the rate to that of the floor. */
    private Optional<Double> ratio(Row row) {
        Row floor = rows.get(RunsBench.FLOOR + row.name());
        if (floor == null) {
            return Optional.empty();
        }
        double ratio = row.name().endsWith(RunsBench.LOOP)
                ? row.rates().perSecond() / floor.rates().perSecond()
                : row.p50() / floor.p50();
        return Optional.of(ratio).filter(Double::isFinite);
    }

    List<String> notes() {
        return notes;
    }

    /** One line for each budget: what was allowed, what came, and whether that is within it. */
    List<String> budgets() {
        List<String> lines = new ArrayList<>();
        Row run = row(name);
        if (plan.apart()) {
            if (plan.shape() == Shape.THREE) {
                lines.add(budget(
                        "p50 ≤ 5 H", run.p50(), 5 * row(RunsBench.BARE_POLL).p50()));
            }
            return lines;
        }
        double floor = row(RunsBench.FLOOR + name).p50();
        double unit = row(RunsBench.BARE_ACK).p50();
        if (plan.effects() == SideEffects.NONE) {
            switch (plan.shape()) {
                case ONE, THREE, TEN -> lines.add(budget("p50 ≤ 1.5 F", run.p50(), 1.5 * floor));
                case FAN100 -> lines.add(budget("p50 ≤ 2 F", run.p50(), 2 * floor));
                case NESTED10 -> lines.add(budget("p50 ≤ 30 R", run.p50(), 30 * unit));
                case MAP1000 -> {}
            }
        } else if (plan.effects() == SideEffects.IDEMPOTENT) {
            int steps = plan.shape().inSequence();
            lines.add(budget("p50 ≤ F + " + 1.5 * steps + " R", run.p50(), floor + 1.5 * steps * unit));
        }
        lines.add(budget("p99 ≤ 5 p50", run.p99(), 5 * run.p50()));
        if (plan.shape() == Shape.THREE) {
            double perSecond = row(name + RunsBench.LOOP).rates().perSecond();
            double most = row(RunsBench.FLOOR + name + RunsBench.LOOP).rates().perSecond();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s runs a second ≥ a third of the floor's = %.0f: %.0f, %s",
                    name,
                    most / 3,
                    perSecond,
                    met(perSecond >= most / 3)));
        }
        return lines;
    }

    private String budget(String what, double micros, double atMost) {
        return String.format(
                Locale.ROOT, "%s %s = %.1f µs: %.1f µs, %s", name, what, atMost, micros, met(micros <= atMost));
    }

    private static String met(boolean met) {
        return met ? "met" : "missed";
    }

    private Row row(String of) {
        Row row = rows.get(of);
        if (row == null) {
            throw new IllegalStateException("nothing was measured for " + of);
        }
        return row;
    }
}
