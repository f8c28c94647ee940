package io.breadcrumbs.local.breadcrumb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of breadcrumbs' events, as their viewers see them. */
@Timeout(180)
class EventStreamIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        platform.close();
    }

    private record Told(String name, String id, String data) {}

    /** An open stream, read by the thread that asks. */
    private static final class Stream implements AutoCloseable {

        private final InputStream body;
        private final Scanner lines;
        final HttpResponse<InputStream> response;

        Stream(String path, @Nullable String lastId, String workspace) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(platform.state().url() + path))
                    .header("Breadcrumbs-Workspace", workspace);
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            body = response.body();
            lines = new Scanner(body, StandardCharsets.UTF_8);
        }

        /** Opens one, and waits until it is. */
        static Stream open(String path, @Nullable String lastId, String workspace) throws Exception {
            Stream stream = new Stream(path, lastId, workspace);
            assertThat(stream.response.statusCode()).isEqualTo(200);
            return stream;
        }

        /** The next event; waits for it. */
        Told next() {
            String name = "";
            String id = "";
            while (true) {
                String line = lines.nextLine();
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    return new Told(name, id, line.substring(6));
                }
            }
        }

        boolean isOver() {
            return !lines.hasNextLine() || (lines.nextLine().isEmpty() && isOver());
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private static String send(String method, String path, String body, String workspace) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.state().url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Breadcrumbs-Workspace", workspace)
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

    private static String create(String workspace, String context, String... tags) throws Exception {
        String list = JSON.writeValueAsString(tags);
        return JSON.readTree(send(
                        "POST",
                        "/breadcrumbs",
                        "{\"schema_name\":\"note.v1\",\"tags\":" + list + ",\"context\":" + context + "}",
                        workspace))
                .get("id")
                .asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowTheLifeOfABreadcrumb() throws Exception {
        String id = create("life", "{\"n\":1}");
        try (Stream watch = Stream.open("/breadcrumbs/" + id + "/stream", null, "life");
                Stream all = Stream.open("/events/stream?schema_name=note.v1", null, "life")) {
            assertThat(watch.response.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(watch.response.headers().firstValue("x-accel-buffering")).contains("no");
            assertThat(watch.next().name()).isEqualTo("connected");
            assertThat(all.next().name()).isEqualTo("connected");

            send("PATCH", "/breadcrumbs/" + id, "{\"title\":\"Milk\"}", "life");
            create("other", "{}");
            send("DELETE", "/breadcrumbs/" + id, "", "life");

            assertThat(watch.next().data()).contains("\"title\":\"Milk\"", "\"context\":{\"n\":1}");
            assertThat(watch.next().name()).isEqualTo("deleted");
            assertThat(watch.isOver()).isTrue();
            assertThat(all.next().name()).isEqualTo("updated");
            assertThat(all.next().name()).isEqualTo("deleted");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "eq, 5, 5, 6",
                "ne, 5, 6, 5",
                "gt, 5, 6, 5",
                "lt, 5, 4, 5",
                "gte, 5, 5, 4",
                "lte, 5, 5, 6",
                "contains, `\"b\"`, `[\"a\",\"b\"]`, `[\"a\"]`",
                "contains_any, `[\"b\",\"c\"]`, `[\"a\",\"c\"]`, `[\"a\"]`",
                "exists, true, 1, null"
            })
    void shouldSelectByEachOperator(String operator, String value, String meets, String misses) throws Exception {
        String workspace = "operator-" + operator;
        String selector = "{\"all_tags\":[\"t\"],\"context_match\":[{\"path\":\"f\",\"op\":\"" + operator
                + "\",\"value\":" + value + "}]}";
        try (Stream stream = Stream.open("/events/stream?selector=" + encoded(selector), null, workspace)) {
            stream.next();

            create(workspace, "{\"f\":" + misses + "}", "t");
            create(workspace, "{\"f\":" + meets + "}");
            String expected = create(workspace, "{\"f\":" + meets + "}", "t");

            assertThat(JSON.readTree(stream.next().data()).get("id").asText()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "/events/stream?selector={\"context_match\":[{\"path\":\"f\",\"op\":\"like\",\"value\":1}]}; ; 400",
                "/events/stream?selector={\"tags\":[\"t\"]}; ; 400",
                "/events/stream?selector={}&tag=t; ; 400",
                "/events/stream?tags=t; ; 400",
                "/events/stream?from=yesterday; ; 400",
                "/events/stream; 17; 400",
                "/events/stream; ____________________________; 400",
                "/breadcrumbs/nobody/stream; ; 404",
            })
    void shouldRefuseWhatItDoesNotKnow(String path, @Nullable String lastId, int status) throws Exception {
        int query = path.indexOf("={");
        int end = path.indexOf("&", query);
        String plain = query < 0
                ? path
                : path.substring(0, query + 1)
                        + encoded(path.substring(query + 1, end < 0 ? path.length() : end))
                        + (end < 0 ? "" : path.substring(end));

        Stream stream = new Stream(plain, lastId, "default");

        assertThat(stream.response.statusCode()).isEqualTo(status);
        assertThat(stream.response.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void shouldSelectBySimpleParametersAndFromTheBeginning() throws Exception {
        create("simple", "{}", "a", "x");
        create("simple", "{}", "b", "x", "no");
        String third = create("simple", "{}", "b", "x");
        create("simple", "{}", "c", "x");

        try (Stream stream = Stream.open(
                "/events/stream?any_tag=b,d&tag=x&none_tag=no&schema_name=note.v1&from=beginning", null, "simple")) {
            assertThat(stream.next().name()).isEqualTo("connected");
            assertThat(JSON.readTree(stream.next().data()).get("id").asText()).isEqualTo(third);
        }
    }

    /** Each leaves after a random number of events and comes back, from the latest events or from the log. */
    @Test
    void shouldShowEachEventOnceTo200WhoLeaveAndComeBack() throws Exception {
        int events = 60;
        int viewers = 200;
        String begin;
        try (Stream stream = Stream.open("/events/stream", null, "busy")) {
            begin = stream.next().id();
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> seen = IntStream.range(0, viewers)
                    .mapToObj(viewer -> threads.submit(viewer(new Random(viewer), begin, events)))
                    .toList();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                expected.add(create("busy", "{\"i\":" + i + "}"));
            }
            for (Future<List<String>> one : seen) {
                assertThat(one.get()).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
        until(meters -> meters.contains("breadcrumbs_streams_events 0.0"));
        assertThat(get("/prometheus")).contains("breadcrumbs_streams 0.0");
        for (String view : List.of("breadcrumbs", "runs", "tools")) {
            until(meters -> meters.contains("breadcrumbs_view_lag{view=\"" + view + "\"} 0.0"));
        }
    }

    private static Callable<List<String>> viewer(Random random, String begin, int events) {
        return () -> {
            List<String> ids = new ArrayList<>();
            String last = begin;
            while (ids.size() < events) {
                try (Stream stream = Stream.open("/events/stream", last, "busy")) {
                    int some = Math.min(events - ids.size(), 1 + random.nextInt(20));
                    assertThat(stream.next().name()).isEqualTo("connected");
                    for (int i = 0; i < some; i++) {
                        Told told = stream.next();
                        ids.add(JSON.readTree(told.data()).get("id").asText());
                        last = told.id();
                    }
                }
            }
            return ids;
        };
    }

    private static String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.state().url() + path))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void until(Predicate<String> holds) throws Exception {
        while (!holds.test(get("/prometheus"))) {
            Thread.onSpinWait(); // the test's own time is the bound
        }
    }
}
