package io.breadcrumbs.local.bench.tools;

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

/** Programs read the report: names and fields stay. */
class ToolsReportTest {

    private static final List<String> CALLS = List.of(
            "floor_request",
            "local_request",
            "echo_call",
            "floor_request_alone",
            "local_request_alone",
            "echo_call_alone");

    private final Map<String, Samples> samples = new LinkedHashMap<>();

    private ToolsReport report(long seconds) {
        for (String name : CALLS) {
            Samples of = new Samples();
            of.add(1_000);
            of.addSpent(1_000_000_000);
            of.addComputed(3_000);
            samples.put(name, of);
        }
        return new ToolsReport(
                samples,
                new RunnerAlone.Cost(12.5, 5_000),
                new ToolsReport.Timers(10, Duration.ofSeconds(seconds), 2.5),
                new RunnerMeasures.Queue(100, 1, 40, 7),
                List.of("here"));
    }

    @Test
    void shouldWriteOneLineForEachMeasureWithItsFigures() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : report(1).json()) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines.subList(0, CALLS.size())).allSatisfy(line -> {
            assertThat(line.fieldNames())
                    .toIterable()
                    .containsExactly("name", "n", "p50_us", "p99_us", "max_us", "per_s", "cpu_us", "ratio");
            assertThat(line.path("cpu_us").asDouble()).isEqualTo(3);
        });
        assertThat(lines)
                .filteredOn(line -> line.path("ratio").isNumber())
                .extracting(line -> line.path("name").asText() + " " + line.path("ratio"))
                .containsExactly(
                        "local_request 1.0", "echo_call 1.0", "local_request_alone 1.0", "echo_call_alone 1.0");
        assertThat(lines.subList(CALLS.size(), lines.size()))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"name\":\"runner_alone\",\"cpu_us\":12.5,\"bytes\":5000,\"ratio\":null}",
                        "{\"name\":\"timers\",\"n\":10,\"seconds\":1.0,\"heap_mb\":2.5,\"ratio\":null}",
                        "{\"name\":\"queued\",\"n\":100,\"heap_quarter_mb\":1.0,\"heap_mb\":40.0,\"per_s\":7.0,\"ratio\":null}");
    }

    @Test
    void shouldSayWhichBudgetsAreMissed() {
        assertThat(report(2).budgets())
                .filteredOn(line -> line.endsWith("missed"))
                .extracting(line -> line.substring(0, 9))
                .containsExactly("10 timers", "100 queue");
    }
}
