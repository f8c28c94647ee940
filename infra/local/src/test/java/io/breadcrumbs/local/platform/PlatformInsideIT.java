package io.breadcrumbs.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a platform with a runner shows of itself at its door. */
@Timeout(60)
class PlatformInsideIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    @Test
    void shouldShowHowItsRunnerIsAndWhatItDid() throws Exception {
        PlatformSettings settings =
                PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default"));
        try (Platform platform = Platform.start(settings, _ -> {}).orThrow();
                Bus bus = KafkaBus.awaitReady(
                        KafkaBus.connect(BusSettings.of(
                                platform.state().kafka(), platform.state().registry(), "asker")),
                        PATIENCE)) {
            // When
            bus.request(Ask.of("echo", "{\"message\": \"m\"}").within(PATIENCE))
                    .durable()
                    .get();
            bus.request(Ask.of("made-up", "{}").within(PATIENCE)).durable().get();

            // Then
            assertThat(get(platform, "/prometheus"))
                    .contains("breadcrumbs_tool_requests_total{lane=\"log\",outcome=\"success\",tool=\"echo\"} 1.0")
                    .contains(
                            "breadcrumbs_tool_requests_total{lane=\"log\",outcome=\"not-found\",tool=\"unknown\"} 1.0")
                    .contains("breadcrumbs_tool_execution_seconds_count{outcome=\"success\",tool=\"echo\"} 1")
                    .contains("breadcrumbs_runner_slots_taken 0.0")
                    .contains("breadcrumbs_runner_queue{pool=\"default\"}")
                    .contains("breadcrumbs_view_lag{view=\"runs\"}")
                    .contains("breadcrumbs_view_lag{view=\"breadcrumbs\"}")
                    .contains("breadcrumbs_view_lag{view=\"tools\"}")
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("made-up");
            JsonNode parts =
                    new ObjectMapper().readTree(get(platform, "/health")).at("/details/parts");
            assertThat(parts.at("/status").asText()).isEqualTo("UP");
            assertThat(parts.at("/details/runner/faults").isEmpty()).isTrue();
        }
    }

    private static String get(Platform platform, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(platform.state().url() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
