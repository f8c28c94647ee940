package io.breadcrumbs.local.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.kill.Patience;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log by URL and key: the same output as over the brokers, of the key's workspace only. */
@Timeout(240)
class RemoteLogIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> TAIL = List.of("tail", "tool.cancel.v1", "--from", "beginning", "--no-follow");

    @TempDir
    static Path data;

    private static Crumbs crumbs;
    private static String key = "";

    @BeforeAll
    static void start() {
        crumbs = new Crumbs(data.resolve("data"));
        key = crumbs.key("reader", "default", "curator");
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        crumbs.close();
    }

    /** Puts a record of a workspace into the log, whose run is the first word of its reason. */
    private static void cancel(String workspace, String reason) {
        Crumbs.Said said = crumbs.locally(
                """
                {"topic": "tool.cancel.v1", "key": "REASON", "value": {"meta": {"workspace": "WORKSPACE"}, "runId": "RUN", "reason": "REASON"}}
                """.replace("REASON", reason)
                        .replace("RUN", reason.split("-", -1)[0])
                        .replace("WORKSPACE", workspace),
                List.of("publish", "-"));
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.OK);
    }

    private static List<String> plus(List<String> line, String... more) {
        List<String> all = new ArrayList<>(line);
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> lines(Crumbs.Said said) {
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.OK);
        return said.out().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void shouldListTheTopics(String option) {
        List<String> line = option.isEmpty() ? List.of("topics") : List.of("topics", option);

        String there = crumbs.remotely("", line).out();

        assertThat(there).contains("tool.request.v1", "runner");
        assertThat(there.replaceAll("\\d+|\\h+", " "))
                .isEqualTo(crumbs.locally("", line).out().replaceAll("\\d+|\\h+", " "));
    }

    @Test
    void shouldPrintTheRecordsOfTheKeysWorkspace() {
        cancel("default", "here-1");
        cancel("default", "here-2");
        cancel("team-b", "there-1");
        String[] where = {"--where", "meta.workspace=default"};
        String[] one = {"--where", "reason=here-1", "--where", "meta.workspace=default"};

        for (String[] option : new String[][] {{}, {"--json"}}) {
            assertThat(lines(crumbs.remotely("", plus(TAIL, option))))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .containsExactlyInAnyOrderElementsOf(lines(crumbs.locally("", plus(plus(TAIL, where), option))));
        }
        assertThat(lines(crumbs.remotely("", plus(TAIL, one))))
                .hasSize(1)
                .isEqualTo(lines(crumbs.locally("", plus(TAIL, one))));
        assertThat(lines(crumbs.remotely("", plus(TAIL, "--max", "1")))).hasSize(1);
        assertThat(lines(crumbs.stranger(TAIL.toArray(String[]::new))))
                .anyMatch(line -> line.contains("there-1"))
                .allMatch(line -> line.contains("\"workspace\":\"team-b\""));
    }

    @Test
    void shouldPrintRecordsAsTheyCome() throws Exception {
        CompletableFuture<String> tail = CompletableFuture.supplyAsync(
                () -> crumbs.remote("tail", "tool.cancel.v1", "--where", "reason=soon", "--max", "2", "--json"),
                Thread::startVirtualThread);

        Patience.await("two have come", () -> {
            cancel("team-b", "soon");
            cancel("default", "soon");
            return tail.isDone();
        });

        assertThat(tail.join().lines()).hasSize(2).allMatch(line -> line.contains("\"workspace\":\"default\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.v1", "secret.v1", "secret.use.v1", "access.key.v1", "dead.letter.v1", "blob.v1"})
    void shouldServeNoTopicThatIsNobodysToRead(String topic) {
        Crumbs.Said said = crumbs.remotely("", List.of("tail", topic, "--no-follow"));

        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err())
                .startsWith("crumb: no topic '" + topic + "'; there are ")
                .contains(", tool.request.v1, ")
                .doesNotContain("secret.v1,", "access.key.v1,");
    }

    @Test
    void shouldSayWhatIsWrongWithACondition() {
        Crumbs.Said said = crumbs.remotely("", List.of("tail", "tool.cancel.v1", "--where", "nothing=1"));

        assertThat(said).isEqualTo(crumbs.locally("", List.of("tail", "tool.cancel.v1", "--where", "nothing=1")));
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldAskForTheRole() {
        String reader = crumbs.key("subscriber", "default", "subscriber");

        for (List<String> line : List.of(List.of("topics"), List.of("dlq", "list"), TAIL)) {
            Crumbs.Said said = crumbs.ask("", line, "--url=" + crumbs.url(), "--api-key=" + reader);

            assertThat(said.code()).isEqualTo(ExitCode.FAILED);
            assertThat(said.err()).contains("expected the role curator");
        }
    }

    /** A letter without bytes, about a record of a workspace. */
    private static void letter(String workspace, String id) {
        Crumbs.Said said =
                crumbs.locally("""
                {"topic": "dead.letter.v1", "key": "ID", "value": {"meta": {"workspace": "WORKSPACE"}, "topic": "tool.cancel.v1",
                 "partition": 0, "offset": 7, "code": "UNDECODABLE", "message": "too large", "failedBy": "test", "failedAtMs": 1000}}
                """.replace("ID", id).replace("WORKSPACE", workspace), List.of("publish", "-"));
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldShowEachWorkspaceItsDeadLetters() {
        letter("default", "tool.cancel.v1-0@1");
        letter("team-b", "tool.cancel.v1-0@2");
        Crumbs.Said missing =
                new Crumbs.Said(1, "", "crumb: no dead letter 'tool.cancel.v1-0@2'; './crumb dlq list' lists them");

        assertThat(crumbs.remote("dlq", "list")).contains("v1-0@1").doesNotContain("v1-0@2");
        assertThat(crumbs.stranger("dlq", "list").out()).contains("v1-0@2").doesNotContain("v1-0@1");
        for (String verb : List.of("show", "retry", "delete")) {
            assertThat(crumbs.remotely("", List.of("dlq", verb, "tool.cancel.v1-0@2")))
                    .isEqualTo(missing);
        }
        for (List<String> line : List.of(
                List.of("dlq", "show", "tool.cancel.v1-0@1"),
                List.of("dlq", "show", "tool.cancel.v1-0@1", "--json"),
                List.of("dlq", "retry", "tool.cancel.v1-0@1", "--json"),
                List.of("dlq", "delete", "nothing"))) {
            assertThat(crumbs.remotely("", line)).as("%s", line).isEqualTo(crumbs.locally("", line));
        }
        assertThat(crumbs.remote("dlq", "delete", "--all")).isEqualTo("deleted 1 letter");
        assertThat(crumbs.local("dlq", "list")).contains("v1-0@2").doesNotContain("v1-0@1");
        assertThat(crumbs.local("dlq", "delete", "--all")).isEqualTo("deleted 1 letter");
        assertThat(crumbs.remote("dlq", "list", "--json")).isEqualTo("[]");
    }

    private static HttpResponse<java.io.InputStream> stream(String query, @Nullable String seen) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(crumbs.url() + "/api/topics/tool.cancel.v1/records" + query))
                .header("Authorization", "Bearer " + key);
        return HTTP.send(
                (seen == null ? request : request.header("Last-Event-ID", seen)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /** The reasons of so many records, and behind them the id of the last event. */
    private static List<String> read(String query, @Nullable String seen, int records) throws Exception {
        HttpResponse<java.io.InputStream> response = stream(query, seen);
        assertThat(response.statusCode()).isEqualTo(200);
        List<String> read = new ArrayList<>();
        String id = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            while (read.size() < records) {
                String line = lines.readLine();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: {\"topic\"") && line.contains("\"value\"")) {
                    read.add(line.replaceAll(".*\"reason\":\"([^\"]*)\".*", "$1"));
                }
            }
        }
        read.add(id);
        return read;
    }

    @Test
    void shouldGoOnBehindTheLastEventAndGiveUpWhatNobodyReads() throws Exception {
        for (int i = 0; i < 6; i++) {
            cancel("default", "step-" + i);
        }
        String query = "?from=beginning&where=runId=step";
        List<String> all = read(query, null, 6);
        List<String> got = new ArrayList<>();
        String seen = null;
        for (int i = 0; i < 6; i++) {
            List<String> next = read(query, seen, 1);
            got.add(next.getFirst());
            seen = next.getLast();
        }
        assertThat(got).doesNotHaveDuplicates().hasSize(6);
        assertThat(all.subList(0, 6)).doesNotHaveDuplicates();

        HttpResponse<java.io.InputStream> response = stream("?follow=false", null);
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("retry: 1000", "event: connected", "event: end", "{\"records\":0}");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        for (int i = 0; i < 25; i++) { // more than may be open at once: each is given up
            read(query, null, 1);
        }
        assertThat(stream("?where=nothing=1", null).statusCode()).isEqualTo(400);
        assertThat(stream("?from=middle", null).statusCode()).isEqualTo(400);
        assertThat(stream("", "nonsense").statusCode()).isEqualTo(400);
    }
}
