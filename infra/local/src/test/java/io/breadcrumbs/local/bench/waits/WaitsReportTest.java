package io.breadcrumbs.local.bench.waits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.bench.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitsReportTest {

    private static WaitsReport report(double heapMb, Duration takeover) {
        Samples late = new Samples();
        late.add(Duration.ofMillis(3).toNanos());
        return new WaitsReport(
                new WaitsReport.Open(500, Duration.ofSeconds(2), new Memory(100, 400), new Memory(100 + heapMb, 450)),
                new WaitsReport.Takeover(Duration.ofMillis(300), takeover, Duration.ofSeconds(30)),
                late.row("timers"));
    }

    @Test
    void shouldGiveProgramsOneObjectALine() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : report(20, Duration.ofSeconds(4)).json()) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines).extracting(line -> line.path("name").asText()).containsExactly("open", "takeover", "timers");
        assertThat(lines.getFirst().path("n").asInt()).isEqualTo(500);
        assertThat(lines.getFirst().path("heap_mb").asDouble()).isEqualTo(20);
        assertThat(lines.getFirst().path("resident_mb").asDouble()).isEqualTo(50);
        assertThat(lines.get(1).path("stop_seconds").asDouble()).isEqualTo(0.3);
        assertThat(lines.get(1).path("rebuilt_seconds").asDouble()).isEqualTo(30);
        assertThat(lines.get(2).path("p99_ms").asDouble()).isBetween(2.9, 3.1);
    }

    @Test
    void shouldSayWhichBudgetsAreMet() {
        assertThat(report(20, Duration.ofSeconds(4)).budgets()).hasSize(4).allMatch(line -> line.endsWith("met"));
        assertThat(report(301, Duration.ofSeconds(11)).budgets())
                .filteredOn(line -> line.endsWith("missed"))
                .hasSize(2);
    }
}
