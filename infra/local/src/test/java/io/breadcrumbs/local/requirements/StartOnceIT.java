package io.breadcrumbs.local.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.requirements.Web.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts under one id that come at the same time: the same ones are one run, of different ones one is refused. */
@Timeout(180)
class StartOnceIT {

    private static final int TIMES = 30;
    private static final String ASYNC = "/api/invoke/async";
    private static final String STATUS = "/api/invoke-status/status/";
    private static final String GIVING = """
            {"threadId": "%s", "steps": [{"id": "a", "tool": "give", "input": {"key": "%s"}}]}
            """;

    @TempDir
    static Path data;

    private static Stand stand;
    private static Web web;

    @BeforeAll
    static void start() throws Exception {
        stand = new Stand(data.resolve("data"));
        web = new Web(stand.platform.state().url());
    }

    @AfterAll
    static void stop() {
        web.close();
        stand.close();
    }

    /** What two who ask at the same time are answered. */
    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> first = hands.submit(() -> {
                together.await();
                return one.call();
            });
            Future<T> second = hands.submit(() -> {
                together.await();
                return other.call();
            });
            return List.of(first.get(), second.get());
        }
    }

    private static Callable<Reply> giving(String path, String run, String key, String... headers) {
        return () -> web.post(path, String.format(GIVING, run, key), headers);
    }

    /** The number of the one who was not refused. */
    private static int winner(List<Reply> replies) {
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
        return replies.getFirst().status() == 200 ? 0 : 1;
    }

    @Test
    void shouldStartOneOfTwoDifferentRuns() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            String run = "once-" + i;

            List<Reply> replies = atOnce(giving(ASYNC, run, "k0"), giving(ASYNC, run, "k1"));

            int winner = winner(replies);
            assertThat(replies.get(1 - winner).text("/code")).isEqualTo("exists");
            assertThat(stand.untilOver(run).output()).contains("k" + winner);
        }
    }

    @Test
    void shouldStartOneOfTwoRunsOfDifferentWorkspaces() throws Exception {
        String[] workspaces = {"left", "right"};
        for (int i = 0; i < TIMES; i++) {
            String run = "apart-" + i;

            List<Reply> replies = atOnce(
                    giving(ASYNC, run, "k", "Breadcrumbs-Workspace", workspaces[0]),
                    giving(ASYNC, run, "k", "Breadcrumbs-Workspace", workspaces[1]));

            int winner = winner(replies);
            assertThat(web.get(STATUS + run, "Breadcrumbs-Workspace", workspaces[winner])
                            .status())
                    .isEqualTo(200);
            assertThat(web.get(STATUS + run, "Breadcrumbs-Workspace", workspaces[1 - winner])
                            .status())
                    .isEqualTo(404);
        }
    }

    /**
     * The other one is another process's: it does not come by this one's door, and its engine does not see it coming.
     */
    @Test
    void shouldStartTheFirstOfTwoProcesses() throws Exception {
        String other = "[{\"id\": \"a\", \"tool\": \"give\", \"input\": {\"key\": \"k1\"}}]";
        for (int i = 0; i < TIMES; i++) {
            String run = "processes-" + i;

            int status = atOnce(() -> giving(ASYNC, run, "k0").call().status(), () -> {
                        stand.start(run, other, "{}");
                        return 0;
                    })
                    .getFirst();

            assertThat(status).isIn(200, 409);
            assertThat(stand.untilOver(run).output()).contains(status == 200 ? "k0" : "k1");
        }
    }

    @Test
    void shouldGiveWhoWaitsTheResultOfTheirOwnRun() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            String run = "waits-" + i;

            List<Reply> replies = atOnce(giving("/api/invoke", run, "k0"), giving("/api/invoke", run, "k1"));

            int winner = winner(replies);
            assertThat(replies.get(winner).text("/result/a/key")).isEqualTo("k" + winner);
        }
    }

    @Test
    void shouldAnswerTheSameStartAsTheFirstOne() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            String run = "same-" + i;

            List<Reply> replies = atOnce(giving(ASYNC, run, "k"), giving(ASYNC, run, "k"));

            assertThat(replies).extracting(Reply::status).containsOnly(200);
            assertThat(replies).extracting(reply -> reply.text("/threadId")).containsOnly(run);
        }
    }

    @Test
    void shouldForkOnceUnderAnId() throws Exception {
        web.post("/api/invoke", String.format(GIVING, "forked", "k"));
        String path = "/api/runs/forked/fork";
        for (int i = 0; i < TIMES; i++) {
            String run = "fork-" + i;
            String body = "{\"step\": \"a\", \"threadId\": \"" + run + "\", \"stepInput\": {\"key\": \"f%s\"}}";

            List<Reply> replies =
                    atOnce(() -> web.post(path, String.format(body, 0)), () -> web.post(path, String.format(body, 1)));

            int winner = winner(replies);
            assertThat(stand.untilOver(run).output()).contains("f" + winner);
            assertThat(web.post(path, String.format(body, winner)).status()).isEqualTo(200);
            assertThat(web.post(path, String.format(body, 1 - winner)).status()).isEqualTo(409);
            assertThat(web.post(ASYNC, String.format(GIVING, run, "k")).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void shouldRefuseAnEventThatARunHasNotHad() throws Exception {
        String stream = "/api/invoke/stream/early";
        web.post("/api/invoke/async", """
                {"threadId": "early", "steps": [{"id": "long", "tool": "hang", "timeout": "10m", "input": {"key": "early"}}]}
                """);
        String seen = String.valueOf(web.stream(stream, one -> one.name().equals("step_start"))
                .getLast()
                .id());

        Reply beyond = web.get(stream, "Last-Event-ID", "99999");
        web.post("/api/invoke-status/abort/early", "");

        assertThat(beyond.status()).isEqualTo(400);
        assertThat(beyond.text("/detail")).contains("early").contains("99999");
        assertThat(web.get(stream + "?lastEventId=99999").status()).isEqualTo(400);
        assertThat(web.stream(stream, _ -> false, "Last-Event-ID", seen)
                        .getLast()
                        .name())
                .isEqualTo("workflow_complete");
    }
}
