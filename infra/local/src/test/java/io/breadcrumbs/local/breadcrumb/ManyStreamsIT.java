package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five thousand open streams on one instance. Both ends of each are files of this process, so that it needs a limit of
 * {@value #FILES} open files ({@code ulimit -Hn}; the JVM takes all that it may have); with fewer the test is skipped,
 * and says so.
 */
@Timeout(180)
class ManyStreamsIT {

    private static final int STREAMS = 5_000;
    private static final int FILES = 12_000;

    /** Some threads come and go by themselves; one for a hundred streams would be too many. */
    private static final int MORE_THREADS = STREAMS / 100;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STEPS = "{\"threadId\": \"crowd\", \"steps\": [{\"id\": \"w\", \"wait\": {\"signal\":"
            + " \"go\"}}, {\"id\": \"last\", \"deps\": \"w\", \"wait\": {\"signal\": \"end\"}}]}";

    @TempDir
    static Path data;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String send(Platform platform, String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(platform.state().url() + path));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private static void until(Platform platform, String meter) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        String meters = send(platform, "/prometheus", "");
        while (!meters.contains(meter)) {
            assertThat(System.nanoTime()).as("%s in %s", meter, meters).isLessThan(until);
            meters = send(platform, "/prometheus", "");
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    @Test
    void shouldTellFiveThousandViewersOfARunAndOfBreadcrumbsAndForgetThem() throws Exception {
        // Given
        long files = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        assumeThat(files)
                .as("%d streams need a limit of %d open files: raise that of 'ulimit -Hn'", STREAMS, FILES)
                .isGreaterThanOrEqualTo(FILES);
        PlatformSettings settings =
                PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default"));
        try (Platform platform = Platform.start(settings, _ -> {}).orThrow()) {
            send(platform, "/api/invoke/async", STEPS);
            URI door = URI.create(platform.state().url());
            int before = threads();

            // When
            try (Crowd ofRun = new Crowd(door, "/api/invoke/stream/crowd");
                    Crowd ofBreadcrumbs = new Crowd(door, "/events/stream?tag=crowd")) {
                ofRun.come(STREAMS / 2, "event: step_start", PATIENCE);
                ofBreadcrumbs.come(STREAMS / 2, "event: connected", PATIENCE);
                until(platform, "breadcrumbs_streams " + STREAMS + ".0");
                int during = threads();
                send(platform, "/api/runs/crowd/signals/go", "{}");
                send(platform, "/breadcrumbs", "{\"id\": \"seen\", \"schema_name\": \"a.v1\", \"tags\": [\"crowd\"]}");

                // Then
                ofRun.await("event: step_complete", PATIENCE);
                ofBreadcrumbs.await("\"seen\"", PATIENCE);
                assertThat(ofRun.deviating("event: step_complete", 1)).isNull();
                assertThat(ofBreadcrumbs.deviating("event: created", 1)).isNull();
                assertThat(during).isLessThan(before + MORE_THREADS);
            }
            until(platform, "breadcrumbs_streams 0.0");
            until(platform, "breadcrumbs_streams_events 0.0");
            assertThat(threads()).isLessThan(before + MORE_THREADS);
        }
    }
}
