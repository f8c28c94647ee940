package io.breadcrumbs.local.bench.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.bench.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs read the report: names and fields stay. */
class LanesReportTest {

    private static final List<String> NAMES = List.of(
            "bare_ack",
            "bare_poll",
            "bare_two_hops",
            "floor_request",
            "local_handler",
            "local_request",
            "floor_request_alone",
            "local_handler_alone",
            "local_request_alone",
            "remote_request",
            "bare_throughput",
            "bus_throughput");

    private final Map<String, Samples> samples = new LinkedHashMap<>();

    @Test
    void shouldWriteOneLineForEachMeasureWithItsFigures() throws Exception {
        long nanos = 1_000;
        for (String name : NAMES) {
            nanos *= 2;
            Samples of = new Samples();
            of.add(nanos);
            of.addSpent(1_000_000_000);
            samples.put(name, of);
        }

        List<JsonNode> lines = new ArrayList<>();
        for (String line : new LanesReport(samples, "here", 0, "").json()) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(lines).extracting(line -> line.path("name").asText()).isEqualTo(NAMES);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.fieldNames())
                    .toIterable()
                    .containsExactly("name", "n", "p50_us", "p90_us", "p99_us", "p999_us", "max_us", "per_s", "ratio");
            assertThat(line.path("n").asLong()).isEqualTo(1);
            assertThat(line.path("per_s").asDouble()).isEqualTo(1);
        });
        assertThat(lines.get(NAMES.indexOf("bare_poll")).path("ratio").asDouble())
                .isCloseTo(2, within(0.01));
        assertThat(lines.get(NAMES.indexOf("local_handler")).path("ratio").isNull())
                .isTrue();
    }
}
