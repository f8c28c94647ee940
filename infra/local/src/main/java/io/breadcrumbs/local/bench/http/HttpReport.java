package io.breadcrumbs.local.bench.http;

import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.local.bench.Samples.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the benchmark, for people and for programs. */
final class HttpReport {

    private static final double MILLI = 1_000;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Scale scale;

    /**
     * Breadcrumbs at scale.
     *
     * @param events in the log in the end
     * @param filled creations a second over the bus
     * @param created creations a second over HTTP
     * @param indexed events a second that a new index takes
     * @param restart seconds until an index that was saved can be asked again
     */
    record Scale(long events, double filled, double created, double indexed, double restart) {}

    HttpReport(Map<String, Samples> samples, Scale scale) {
        samples.forEach((name, of) -> rows.put(name, of.row(name)));
        this.scale = scale;
    }

    /** One object a line for each measure. */
    List<String> json() {
        List<String> lines = new ArrayList<>();
        rows.values()
                .forEach(row -> lines.add(String.format(
                        Locale.ROOT,
                        "{\"name\":\"%s\",\"n\":%d,\"p50_us\":%.3f,\"p99_us\":%.3f,\"max_us\":%.3f}",
                        row.name(),
                        row.n(),
                        row.p50(),
                        row.p99(),
                        row.max())));
        lines.add(String.format(
                Locale.ROOT,
                "{\"name\":\"breadcrumbs\",\"n\":%d,\"bus_per_s\":%.1f,\"http_per_s\":%.1f,\"index_per_s\":%.1f,"
                        + "\"restart_s\":%.3f}",
                scale.events(),
                scale.filled(),
                scale.created(),
                scale.indexed(),
                scale.restart()));
        return lines;
    }

    /** The measures, aligned. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-12s %9s %10s %10s %10s", "MEASURE", "N", "P50 µs", "P99 µs", "MAX µs"));
        rows.values()
                .forEach(row -> lines.add(String.format(
                        Locale.ROOT,
                        "%-12s %9d %10.1f %10.1f %10.1f",
                        row.name(),
                        row.n(),
                        row.p50(),
                        row.p99(),
                        row.max())));
        lines.add(String.format(
                Locale.ROOT,
                "%d events of breadcrumbs: created %.0f a second over the bus and %.0f over HTTP, a new index takes"
                        + " %.0f a second, a saved one is there after %.2f s",
                scale.events(),
                scale.filled(),
                scale.created(),
                scale.indexed(),
                scale.restart()));
        return lines;
    }

    /** One line for each budget: what was allowed, what came, and whether that is within it. */
    List<String> budgets() {
        double ack = p50("bare_ack");
        return List.of(
                most("start answered, p50", "ms", (ack + MILLI) / MILLI, p50("start") / MILLI),
                most("run over HTTP, p50", "ms", (p50("run_local") + ack + 2 * MILLI) / MILLI, p50("run") / MILLI),
                most("event to socket, p99", "ms", 20, p99("event") / MILLI),
                most("list, p99", "ms", 20, p99("list") / MILLI),
                most("search, p99", "ms", 20, p99("search") / MILLI),
                most("create, p50", "ms", 15, p50("create") / MILLI),
                least("creations", "a second", 5_000, scale.filled()),
                least("index", "a second", 20_000, scale.indexed()),
                most("restart of the index", "s", 10, scale.restart()));
    }

    private double p50(String name) {
        Row row = rows.get(name);
        return row == null ? 0 : row.p50();
    }

    private double p99(String name) {
        Row row = rows.get(name);
        return row == null ? 0 : row.p99();
    }

    private static String most(String what, String unit, double most, double came) {
        return budget(what + String.format(Locale.ROOT, " ≤ %.2f %s", most, unit), came, came <= most);
    }

    private static String least(String what, String unit, double least, double came) {
        return budget(what + String.format(Locale.ROOT, " ≥ %.2f %s", least, unit), came, came >= least);
    }

    private static String budget(String allowed, double came, boolean met) {
        return String.format(Locale.ROOT, "%s: %.2f, %s", allowed, came, met ? "met" : "missed");
    }
}
