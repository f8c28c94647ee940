package io.breadcrumbs.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.sdk.testkit.RecordedSpans;
import io.breadcrumbs.sdk.trace.Spans;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracedRequestsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final RecordedSpans spans = new RecordedSpans(RandomGenerator.getDefault());
    private Door door;

    @BeforeEach
    void start() {
        door = Door.start(
                new DoorSettings(0, "k:1", "http://r:2", "i", "v").withSecurity(SecuritySettings.OFF),
                new Nothing(spans));
    }

    @AfterEach
    void stop() {
        door.close();
    }

    @Test
    void shouldGoOnWithTheTraceOfWhoAsks() throws Exception {
        // When
        HttpResponse<String> answer = get("/api/invoke/stream/secret-1?lastEventId=7", PARENT);

        // Then
        assertThat(answer.headers().firstValue("Trace-Id")).contains(TRACE);
        assertThat(spans.ended()).singleElement().satisfies(span -> {
            assertThat(span.kind()).isEqualTo(Spans.Kind.SERVER);
            assertThat(span.parent()).isEqualTo(PARENT);
            assertThat(span.name()).isEqualTo("GET /api/invoke/stream/{threadId}");
            assertThat(span.said())
                    .isEqualTo(Map.of(
                            "http.request.method", "GET",
                            "http.route", "/api/invoke/stream/{threadId}",
                            "http.response.status_code", "503",
                            "breadcrumbs.problem", "unavailable"));
            assertThat(span.failure()).isEqualTo("unavailable");
        });
    }

    @Test
    void shouldBeginATraceWhereTheCallersIsNone() throws Exception {
        // When
        HttpResponse<String> answer = get("/platform", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");

        // Then
        assertThat(spans.ended()).singleElement().satisfies(span -> {
            assertThat(span.parent()).isNull();
            assertThat(span.failure()).isNull();
            assertThat(answer.headers().firstValue("Trace-Id"))
                    .contains(span.traceparent().substring(3, 35));
        });
    }

    @Test
    void shouldShowNothingThatACallerMadeUp() throws Exception {
        // When
        HttpResponse<String> answer = get("/wp-admin?password=hunter2", PARENT);

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(spans.ended()).singleElement().satisfies(span -> {
            assertThat(span.name()).isEqualTo("HTTP");
            assertThat(span.said())
                    .isEqualTo(Map.of("http.response.status_code", "404", "breadcrumbs.problem", "not-found"));
        });
    }

    @Test
    void shouldNotShowWhatIsAskedAgainAndAgain() throws Exception {
        // When
        HttpResponse<String> answer = get("/health/liveness", PARENT);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Trace-Id")).contains(TRACE);
        assertThat(spans.ended()).isEmpty();
    }

    private HttpResponse<String> get(String path, String traceparent) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(door.url() + path))
                .header("traceparent", traceparent)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
