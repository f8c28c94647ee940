package io.breadcrumbs.local.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.bench.Samples;
import io.breadcrumbs.schemas.SideEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs read the report: names and fields stay. */
class RunsReportTest {

    private static final long MICROS = 1_000;

    private static RunsReport report(Shape shape, SideEffects effects, long runMicros) {
        return report(new RunsBench.Plan(shape, effects, 4, false), runMicros);
    }

    private static RunsReport report(RunsBench.Plan plan, long runMicros) {
        Shape shape = plan.shape();
        Map<String, Samples> samples = new LinkedHashMap<>();
        samples.put("bare_ack", samples(100, 1));
        samples.put("bare_poll", samples(200, 1));
        samples.put("floor_" + shape, samples(1_000, 1));
        samples.put(shape.toString(), samples(runMicros, 1));
        samples.put("floor_" + shape + "_loop", samples(1_000, 12));
        samples.put(shape + "_loop", samples(runMicros, 3));
        return new RunsReport(plan, samples, List.of("here"));
    }

    private static Samples samples(long micros, int times) {
        Samples samples = new Samples();
        for (int i = 0; i < times; i++) {
            samples.add(micros * MICROS);
            samples.addComputed(3_000);
            samples.addAllocated(500);
        }
        samples.addSpent(1_000_000_000);
        return samples;
    }

    @Test
    void shouldWriteOneLineForEachMeasureWithItsFigures() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : report(Shape.THREE, SideEffects.NONE, 2_000).json()) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines).hasSize(6).allSatisfy(line -> {
            assertThat(line.fieldNames())
                    .toIterable()
                    .containsExactly("name", "n", "p50_us", "p99_us", "max_us", "per_s", "cpu_us", "bytes", "ratio");
            assertThat(line.path("cpu_us").asDouble()).isEqualTo(3);
            assertThat(line.path("bytes").asDouble()).isEqualTo(500);
        });
        assertThat(lines)
                .filteredOn(line -> line.path("ratio").isNumber())
                .extracting(line -> line.path("name").asText() + " " + line.path("ratio"))
                .containsExactly("three 2.0", "three_loop 0.25");
    }

    @Test
    void shouldSayWhichBudgetsAreMet() {
        assertThat(report(Shape.THREE, SideEffects.NONE, 2_000).budgets())
                .extracting(line -> line.replaceAll(".*, ", ""))
                .containsExactly("missed", "met", "missed");
        assertThat(report(Shape.TEN, SideEffects.IDEMPOTENT, 2_000).budgets())
                .extracting(line -> line.replaceAll(" =.*, ", " "))
                .containsExactly("ten p50 ≤ F + 15.0 R met", "ten p99 ≤ 5 p50 met");
        assertThat(report(Shape.NESTED10, SideEffects.NONE, 2_000).budgets())
                .extracting(line -> line.replaceAll(" =.*, ", " "))
                .containsExactly("nested10 p50 ≤ 30 R met", "nested10 p99 ≤ 5 p50 met");
    }

    @ParameterizedTest
    @CsvSource({"900, met", "1100, missed"})
    void shouldHoldARunnerInAnotherProcessAgainstTheHop(long runMicros, String met) {
        assertThat(report(new RunsBench.Plan(Shape.THREE, SideEffects.NONE, 4, true), runMicros)
                        .budgets())
                .extracting(line -> line.replaceAll(" =.*, ", " "))
                .containsExactly("three p50 ≤ 5 H " + met);
    }
}
