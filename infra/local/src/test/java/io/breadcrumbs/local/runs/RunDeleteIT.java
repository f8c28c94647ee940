package io.breadcrumbs.local.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.command.CrumbCommand;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.runs.Runs;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are not kept, over a platform with an engine and a runner. */
@Timeout(180)
class RunDeleteIT {

    private static final String FAMILY = """
            {"name": "family", "steps": [
              {"id": "child", "workflow": {"steps": [{"id": "a", "tool": "calculator", "input": {"expression": "1 + 1"}}]}},
              {"id": "b", "tool": "calculator", "deps": "child", "input": {"expression": "2 + 2"}}]}
            """;

    @TempDir
    static Path data;

    private static Platform platform;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data")).withPools(Set.of("default")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private String run(int code, String in, String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        all.add("--data=" + data.resolve("data"));
        err.getBuffer().setLength(0);
        int ended = CrumbCommand.run(
                new StringReader(in), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as("%s: %s%s", all, out, err).isEqualTo(code);
        return out.toString();
    }

    /**
     * Waits until the newest records that a run and its children have in the journal are tombstones, but for so many by
     * which runs are deleted.
     */
    private static void awaitNothingIsLeft(String runId, int marks) throws Exception {
        Map<String, Boolean> kept = new ConcurrentHashMap<>();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try (Bus bus = KafkaBus.awaitReady(
                        KafkaBus.connect(BusSettings.of(
                                platform.state().kafka(), platform.state().registry(), "reader")),
                        Duration.ofSeconds(30));
                Tail tail = bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_EVENT), (one, _, _) -> {
                    if (one.key().startsWith(runId + "/") || one.key().startsWith(runId + ".")) {
                        kept.put(one.key(), one.value() != null);
                    }
                    List<String> left = kept.keySet().stream().filter(kept::get).toList();
                    if (left.size() == marks && left.stream().allMatch(key -> key.endsWith("/deleted"))) {
                        gone.complete(null);
                    }
                })) {
            assertThat(gone).as("%s of %s", kept, tail).succeedsWithin(Duration.ofSeconds(60));
        }
    }

    @Test
    void shouldDeleteARunAndThoseThatItHasStarted() throws Exception {
        run(ExitCode.OK, FAMILY, "start", "-", "--id", "gone", "--wait");
        assertThat(run(ExitCode.OK, "", "list", "--children")).contains("gone ", "gone.child.1");

        assertThat(run(ExitCode.OK, "", "delete", "gone")).isEqualTo("run gone: deleted\n");

        assertThat(run(ExitCode.OK, "", "list", "--children")).doesNotContain("gone ");
        awaitNothingIsLeft("gone", 2);
        assertThat(run(ExitCode.OK, "", "list", "--children")).doesNotContain("gone");
        for (String command : List.of("status", "history", "why", "cancel", "delete")) {
            run(ExitCode.FAILED, "", command, "gone");
            assertThat(err.toString()).as(command).contains("run gone was deleted");
        }
        for (int i = 0; i < 2; i++) {
            run(ExitCode.FAILED, FAMILY, "start", "-", "--id", "gone");
            assertThat(err.toString()).contains("rejected: DELETED: a run of this id was deleted");
        }
        assertThat(run(ExitCode.OK, "", "list")).doesNotContain("gone");
    }

    @Test
    void shouldRefuseToDeleteARunThatIsNotOver() {
        run(ExitCode.OK, "[{\"id\": \"nap\", \"wait\": \"1h\"}]", "start", "-", "--id", "awake");

        run(ExitCode.FAILED, "", "delete", "awake");

        assertThat(err.toString()).contains("rejected: NOT_OVER: only a run that is over can be deleted");
        assertThat(run(ExitCode.OK, "", "list")).contains("awake");
    }

    @Test
    void shouldKeepARunAsLongAsItsWorkflowSays() throws Exception {
        String definition = "{\"retention\": \"200ms\", \"steps\": [{\"id\": \"nap\", \"wait\": \"50ms\"}]}";

        run(ExitCode.OK, definition, "start", "-", "--id", "short", "--wait");

        awaitNothingIsLeft("short", 1);
        assertThat(run(ExitCode.OK, "", "list")).doesNotContain("short");
    }

    @Test
    void shouldAskTheSameOfManyRuns() {
        String definition = "{\"name\": \"many\", \"steps\": [{\"id\": \"nap\", \"wait\": \"1h\"}]}";
        for (int i = 0; i < 5; i++) {
            run(ExitCode.OK, definition, "start", "-", "--id", "many-" + i);
        }
        run(ExitCode.OK, "", "pause", "many-0");

        assertThat(run(ExitCode.OK, "", "cancel", "--name", "many", "--dry-run"))
                .contains("many-0 (many), paused", "many-4 (many), running", "cancel: 5 runs are meant");
        assertThat(run(ExitCode.OK, "", "cancel", "--name", "many", "--older-than", "1h"))
                .isEqualTo("cancel: 0 runs were asked, 0 refused\n");
        assertThat(run(ExitCode.FAILED, "", "pause", "--name", "many", "--status", "running,paused"))
                .isEqualTo("""
                        pause: 5 runs were asked, 1 refused
                          1 refused: NOT_RUNNING: only a running run can be paused; it is paused
                        """);
        assertThat(run(ExitCode.OK, "", "resume", "--name", "many", "--rate", "2", "--json"))
                .isEqualTo("{\"asked\":5,\"done\":5,\"refused\":[],\"undecided\":[]}\n");
        assertThat(err.toString()).contains("of 5 runs");
        assertThat(run(ExitCode.OK, "", "cancel", "--name", "many"))
                .isEqualTo("cancel: 5 runs were asked, 0 refused\n");
        assertThat(run(ExitCode.OK, "", "delete", "--name", "many"))
                .isEqualTo("delete: 5 runs were asked, 0 refused\n");
        assertThat(run(ExitCode.OK, "", "list")).doesNotContain("many");
    }

    private static HttpResponse<String> stream(String run) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create(platform.state().url() + "/api/invoke/stream/" + run);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void shouldTellViewersWhyThereWillBeNoRunAndEnd() throws Exception {
        new Runs(platform.bus(), "me").cancel("never", "why not").get();

        HttpResponse<String> stream = stream("never");
        while (stream.statusCode() == 404) { // nobody has decided; the test's own time is the bound
            stream = stream("never");
        }

        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body())
                .contains("event: connected", "\"status\":\"rejected\"")
                .containsOnlyOnce("event: workflow_failed\n")
                .contains("\"code\":\"NO_RUN\",\"message\":\"there is no such run\"");
    }

    @Test
    void shouldSayWhichRunsAreMeant() {
        run(ExitCode.USAGE, "", "delete");
        assertThat(err.toString())
                .contains("expected the ID of a run, or some of --status, --name, --older-than, or --all");
        run(ExitCode.USAGE, "", "delete", "one", "--all");
        assertThat(err.toString()).contains("got both");
        run(ExitCode.USAGE, "", "delete", "--status", "odd");
        assertThat(err.toString()).contains("--status: expected some of", "got 'odd'");
        run(ExitCode.USAGE, "", "delete", "--all", "--rate", "0");
        assertThat(err.toString()).contains("--rate: expected 1 to");
    }
}
