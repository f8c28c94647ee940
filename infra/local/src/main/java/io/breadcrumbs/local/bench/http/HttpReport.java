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
    private static final long BREADCRUMBS = 1_000_000;
    private static final int VIEWERS = 1_000;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Scale scale;
    private final double restart;

    /**
     * Breadcrumbs at scale.
     *
     * @param events in the log in the end
     * @param viewers of runs
     * @param filled creations a second over the bus
     * @param created creations a second over HTTP
     * @param indexed events a second that a new index takes
     */
    record Scale(long events, int viewers, double filled, double created, double indexed) {}

    /** @param restart seconds until the platform, started again, is ready */
    HttpReport(Map<String, Samples> samples, Scale scale, double restart) {
        samples.forEach((name, of) -> rows.put(name, of.row(name)));
        this.scale = scale;
        this.restart = restart;
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
                restart));
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
                        + " %.0f a second, and the platform is ready %.2f s after it is started again",
                scale.events(),
                scale.filled(),
                scale.created(),
                scale.indexed(),
                restart));
        return lines;
    }

    /** One line for each budget: what was allowed, what came, and whether that is within it. */
    List<String> budgets() {
        double ack = p50("bare_ack");
        String many = less(scale.events(), BREADCRUMBS, "breadcrumbs");
        String watched = less(scale.viewers(), VIEWERS, "viewers");
        return List.of(
                most("start answered, p50", "ms", (ack + MILLI) / MILLI, p50("start") / MILLI),
                most("run over HTTP, p50", "ms", (p50("run_local") + ack + 2 * MILLI) / MILLI, p50("run") / MILLI),
                most("event to socket, p99", "ms", 20, p99("event") / MILLI) + watched,
                most("list, p99", "ms", 20, p99("list") / MILLI) + many,
                most("search, p99", "ms", 20, p99("search") / MILLI) + many,
                most("create, p50", "ms", 15, p50("create") / MILLI) + many,
                least("creations over the bus", "a second", 5_000, scale.filled()),
                least("creations over HTTP", "a second", 5_000, scale.created()),
                least("index", "a second", 20_000, scale.indexed()),
                most("restart", "s", 10, restart) + many);
    }

    /** What a budget is meant for, where less was there. */
    private static String less(long were, long meant, String what) {
        return were >= meant
                ? ""
                : String.format(Locale.ROOT, " (with %d %s; the budget is for %d)", were, what, meant);
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
