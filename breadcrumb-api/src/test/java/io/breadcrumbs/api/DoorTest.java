package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.sdk.trace.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {

    private final Map<String, Inside.Condition> parts = new ConcurrentHashMap<>();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Door door;

    @BeforeEach
    void start() {
        door = Door.start(
                new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(SecuritySettings.OFF), new Inside() {
                    @Override
                    public Map<String, Condition> parts() {
                        return parts;
                    }

                    @Override
                    public MeterRegistry registry() {
                        return registry;
                    }

                    @Override
                    public Spans spans() {
                        return Spans.OFF;
                    }

                    @Override
                    public String meters() {
                        return "slots 200.0\n";
                    }
                });
    }

    @AfterEach
    void stop() {
        door.close();
    }

    @Test
    void shouldSayWhereThePlatformIs() throws Exception {
        HttpResponse<String> response = get("/platform");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"kafka\":\"k:1\",\"registry\":\"http://r:2\",\"instance\":\"i\",\"version\":\"v\"}");
    }

    @Test
    void shouldBeReadyOnlyWhenToldSo() throws Exception {
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/health/readiness").statusCode()).isEqualTo(503);

        door.ready();

        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeDownWhileAPartHasAFaultAndSayWhich() throws Exception {
        // Given
        door.ready();
        parts.put("runner", new Inside.Condition(List.of(), List.of("one slot is stuck")));
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).contains("one slot is stuck");

        // When
        parts.put("runner", new Inside.Condition(List.of("it has not joined its pools yet"), List.of()));

        // Then
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("runner", "it has not joined its pools yet");
        assertThat(get("/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveTheMeters() throws Exception {
        HttpResponse<String> response = get("/prometheus");

        assertThat(response.body()).isEqualTo("slots 200.0\n");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void shouldAskToComeBackWhileThereIsNothingBehindIt() throws Exception {
        HttpResponse<String> response = get("/breadcrumbs");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"unavailable\"");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(door.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void shouldTimeRequestsByRouteAndCountWhatCallersMakeUpAsNone() throws Exception {
        get("/platform");
        get("/platform");
        get("/made/up");

        assertThat(registry.get("breadcrumbs.http.requests")
                        .tags("method", "GET", "route", "/platform", "status", "200")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("breadcrumbs.http.requests")
                        .tags("method", "any", "route", "none", "status", "404")
                        .timer()
                        .count())
                .isEqualTo(1);
    }
}
