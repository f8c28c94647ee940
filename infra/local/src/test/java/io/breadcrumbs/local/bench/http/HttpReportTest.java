package io.breadcrumbs.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.bench.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpReportTest {

    private static HttpReport report(Duration run, HttpReport.Scale scale, double restart) {
        Map<String, Samples> samples = new LinkedHashMap<>();
        samples.put("bare_ack", samples(Duration.ofMillis(1)));
        samples.put("start", samples(Duration.ofNanos(1_500_000)));
        samples.put("run_local", samples(Duration.ofMillis(3)));
        samples.put("run", samples(run));
        for (String other : List.of("create", "list", "search", "event")) {
            samples.put(other, samples(Duration.ofMillis(4)));
        }
        return new HttpReport(samples, scale, restart);
    }

    private static Samples samples(Duration one) {
        Samples samples = new Samples();
        samples.add(one.toNanos());
        return samples;
    }

    private static HttpReport.Scale scale(long events, double created) {
        return new HttpReport.Scale(events, 1_000, 6_000, created, 30_000);
    }

    @Test
    void shouldGiveProgramsOneObjectALine() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                report(Duration.ofMillis(5), scale(1_000_000, 5_500), 4).json()) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines)
                .extracting(line -> line.path("name").asText())
                .containsExactly(
                        "bare_ack", "start", "run_local", "run", "create", "list", "search", "event", "breadcrumbs");
        assertThat(lines.get(3).path("p50_us").asDouble()).isBetween(4_900.0, 5_100.0);
        assertThat(lines.getLast().path("n").asLong()).isEqualTo(1_000_000);
        assertThat(lines.getLast().path("http_per_s").asDouble()).isEqualTo(5_500);
        assertThat(lines.getLast().path("restart_s").asDouble()).isEqualTo(4);
    }

    @Test
    void shouldSayWhichBudgetsAreMet() {
        assertThat(report(Duration.ofMillis(5), scale(1_000_000, 5_500), 4).budgets())
                .hasSize(10)
                .allMatch(line -> line.endsWith("met"));
        assertThat(report(Duration.ofMillis(9), scale(1_000_000, 900), 11).budgets())
                .filteredOn(line -> line.endsWith("missed"))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("run over HTTP"))
                .anyMatch(line -> line.startsWith("creations over HTTP"))
                .anyMatch(line -> line.startsWith("restart"));
    }

    @Test
    void shouldSayWhereLessWasMeasuredThanABudgetIsFor() {
        List<String> budgets =
                report(Duration.ofMillis(5), scale(20_000, 5_500), 4).budgets();

        assertThat(budgets)
                .filteredOn(line -> line.endsWith("met (with 20000 breadcrumbs; the budget is for 1000000)"))
                .hasSize(4);
    }
}
