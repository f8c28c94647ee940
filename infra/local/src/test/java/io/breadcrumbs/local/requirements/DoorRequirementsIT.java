package io.breadcrumbs.local.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.requirements.Web.Reply;
import io.breadcrumbs.local.requirements.Web.Seen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The requirements of the door that are about runs, by their numbers. */
@Timeout(180)
class DoorRequirementsIT {

    private static final String STREAM = "/api/invoke/stream/";
    private static final String STATUS = "/api/invoke-status/status/";
    private static final String ABORT = "/api/invoke-status/abort/";
    private static final String THREE = """
            {"threadId": "%s", "steps": [
              {"id": "a", "tool": "give", "input": {"key": "a"}},
              {"id": "b", "tool": "give", "input": {"key": "b"}},
              {"id": "c", "tool": "give", "input": {"key": "{a.output.key}{b.output.key}"}}]}
            """;
    private static final String HANGING = """
            {"threadId": "%1$s", "steps": [{"id": "first", "tool": "give", "input": {"key": "k"}},
              {"id": "long", "tool": "hang", "timeout": "10m", "deps": "first", "input": {"key": "%1$s"}}]}
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

    private static List<Seen> stream(String run, String... headers) throws Exception {
        return web.stream(STREAM + run, _ -> false, headers);
    }

    private static List<String> names(List<Seen> seen) {
        return seen.stream().map(Seen::name).toList();
    }

    @Test
    void d1StartsARunThatExistsWhenItIsAnswered() throws Exception {
        Reply started = web.post("/api/invoke/async", String.format(THREE, "d1"));

        assertThat(started.status()).isEqualTo(200);
        assertThat(started.response().body()).isEqualTo("{\"threadId\":\"d1\",\"status\":\"started\"}");
        assertThat(web.get(started.header("Location")).text("/status")).isIn("accepted", "running", "completed");
        assertThat(stand.untilOver("d1").output()).contains("ab");
    }

    @Test
    void d1NamesAllFaultsAtOnceAndStartsNothing() throws Exception {
        Reply refused = web.post(
                "/api/invoke/async",
                "{\"threadId\": \"d1-bad\", \"steps\": [{\"id\": \"a\", \"deps\": \"gone\"}, {\"id\": \"a\", \"tool\": \"give\"}]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").findValuesAsText("code"))
                .containsExactlyInAnyOrder("DUPLICATE_ID", "UNKNOWN_DEP", "NO_TOOL");
        assertThat(web.get(STATUS + "d1-bad").status()).isEqualTo(404);
    }

    @Test
    void d1StartsTheSameIdOnceAndRefusesAnotherRunUnderIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(web.post("/api/invoke/async", String.format(THREE, "d1-same"))
                            .status())
                    .isEqualTo(200);
        }
        stand.untilOver("d1-same");

        Reply other = web.post("/api/invoke/async", "{\"threadId\": \"d1-same\", \"tool\": \"nil\", \"input\": {}}");
        Reply foreign =
                web.post("/api/invoke/async", String.format(THREE, "d1-same"), "Breadcrumbs-Workspace", "other");

        assertThat(other.status()).isEqualTo(409);
        assertThat(foreign.status()).isEqualTo(409);
        assertThat(names(stream("d1-same")))
                .filteredOn("workflow_complete"::equals)
                .hasSize(1);
    }

    @Test
    void d2TellsALateViewerTheHistoryAndEndsAfterTheRun() throws Exception {
        web.post("/api/invoke/async", String.format(THREE, "d2"));
        stand.untilOver("d2");

        List<Seen> seen = stream("d2");

        assertThat(names(seen))
                .startsWith("connected", "step_start", "step_start")
                .endsWith("step_start", "step_complete", "workflow_complete")
                .hasSize(8);
        assertThat(seen.getLast().data().path("status").asText()).isEqualTo("completed");
        assertThat(web.get(STREAM + "d2").response().body()).startsWith("retry: 1000\n\n");
        assertThat(web.get(
                                STREAM + "d2",
                                "Last-Event-ID",
                                String.valueOf(seen.getLast().id()))
                        .status())
                .isEqualTo(204);
        assertThat(seen)
                .filteredOn(one -> one.name().equals("step_complete"))
                .allSatisfy(one ->
                        assertThat(one.data().path("sessionId").asText()).startsWith("d2/" + one.step() + "/1/"));
    }

    @Test
    void d2TellsWhatHappensWhileItHappens() throws Exception {
        web.post("/api/invoke/async", String.format(HANGING, "d2-live"));
        List<Seen> begun = web.stream(
                STREAM + "d2-live",
                seen -> seen.name().equals("step_start") && seen.step().equals("long"));
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Seen>> rest = hands.submit(() -> stream(
                    "d2-live", "Last-Event-ID", String.valueOf(begun.getLast().id())));
            web.post(ABORT + "d2-live", "");

            assertThat(names(rest.get())).containsExactly("connected", "workflow_complete");
        }
    }

    @Test
    void d2ShowsEachEventOnceToViewersWhoLeaveAndComeBack() throws Exception {
        String many = IntStream.range(0, 40)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"give\", \"input\": {\"key\": \"k\"}"
                        + (i == 0 ? "}" : ", \"deps\": \"s" + (i - 1) + "\"}"))
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        web.post("/api/invoke/async", "{\"threadId\": \"d2-back\", \"steps\": [" + many + "]}");

        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> viewers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Random random = new Random(i);
                viewers.add(() -> inPieces(random));
            }
            for (Future<List<String>> viewer : hands.invokeAll(viewers)) {
                assertThat(viewer.get()).hasSize(81).isEqualTo(ids(stream("d2-back")));
            }
        }
    }

    /** The ids that a viewer sees who leaves again and again. */
    private static List<String> inPieces(Random random) throws Exception {
        List<String> ids = new ArrayList<>();
        String[] from = {};
        List<Seen> piece;
        do {
            int leaveAfter = 1 + random.nextInt(30);
            int[] count = {0};
            piece = web.stream(STREAM + "d2-back", _ -> ++count[0] > leaveAfter, from);
            ids.addAll(ids(piece));
            from = ids.isEmpty() ? from : new String[] {"Last-Event-ID", ids.getLast()};
        } while (!names(piece).contains("workflow_complete"));
        return ids;
    }

    private static List<String> ids(List<Seen> seen) {
        return seen.stream()
                .filter(one -> one.id() != null)
                .map(one -> String.valueOf(one.id()))
                .toList();
    }

    @Test
    void d2KnowsNoStreamOfARunThatIsNotThere() throws Exception {
        Reply unknown = web.get(STREAM + "nobody");
        Reply foreign = web.get(STREAM + "d2", "Breadcrumbs-Workspace", "other");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(web.get(STREAM + "nobody", "Last-Event-ID", "x").status()).isIn(400, 404);
    }

    @Test
    void d3ShowsTheStateOfEachStep() throws Exception {
        web.post("/api/invoke/async", String.format(HANGING, "d3"));
        web.stream(
                STREAM + "d3",
                seen -> seen.name().equals("step_start") && seen.step().equals("long"));

        JsonNode during = web.get(STATUS + "d3").json();
        web.post(ABORT + "d3", "");
        JsonNode after = web.get(STATUS + "d3").json();

        assertThat(during.path("status").asText()).isEqualTo("running");
        assertThat(during.path("currentStep").asText()).isEqualTo("long");
        assertThat(during.at("/steps/0/status").asText()).isEqualTo("completed");
        assertThat(during.at("/steps/1/status").asText()).isEqualTo("running");
        assertThat(during.at("/steps/1/attempts").asInt()).isEqualTo(1);
        assertThat(Instant.parse(during.at("/steps/0/startedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(during.path("startedAt").asText()))
                .isBeforeOrEqualTo(Instant.parse(during.at("/steps/0/endedAt").asText()));
        assertThat(Instant.parse(during.at("/steps/1/startedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(during.at("/steps/0/endedAt").asText()));
        assertThat(during.at("/steps/1").has("endedAt")).isFalse();
        assertThat(during.path("sessionIds").path("first").asText()).startsWith("d3/first/");
        assertThat(during.path("sessionIds").path("long").asText()).startsWith("d3/long/");
        assertThat(after.path("status").asText()).isEqualTo("cancelled");
        assertThat(web.get(STATUS + "nobody").status()).isEqualTo(404);
    }

    @Test
    void d3NamesTheStepThatFailedAndNotTheLastOne() throws Exception {
        Reply failed = web.post("/api/invoke", """
                {"threadId": "d3-failed", "onError": "stop", "steps": [
                  {"id": "a", "tool": "brittle", "input": {"key": "d3"}},
                  {"id": "z", "tool": "give", "deps": "a", "input": {"key": "k"}}]}
                """);

        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.text("/code")).isEqualTo("run-ended-badly");
        assertThat(failed.text("/run/currentStep")).isEqualTo("a");
        assertThat(failed.text("/run/steps/0/error/message")).contains("broken");
        assertThat(failed.text("/run/steps/1/status")).isEqualTo("blocked");
        List<Seen> seen = stream("d3-failed");
        assertThat(seen.getLast().name()).isEqualTo("workflow_failed");
        assertThat(seen.getLast().data().path("lastStep").asText()).isEqualTo("a");
    }

    @Test
    void d4WaitsForTheResult() throws Exception {
        Reply done = web.post("/api/invoke", String.format(THREE, "d4"));

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text("/status")).isEqualTo("completed");
        assertThat(done.text("/result/c/key")).isEqualTo("ab");
    }

    @Test
    void d4AnswersWithTheIdWhereTheResultTakesTooLong() throws Exception {
        Reply open = web.post("/api/invoke?wait=0", String.format(HANGING, "d4-long"));

        assertThat(open.status()).isEqualTo(202);
        assertThat(open.text("/threadId")).isEqualTo("d4-long");

        Reply aborted = web.post(ABORT + "d4-long", "");
        assertThat(aborted.status()).isEqualTo(200);
        assertThat(aborted.text("/status")).isEqualTo("cancelled");
        assertThat(web.post(ABORT + "d4-long", "").status()).isEqualTo(409);
        assertThat(web.post(ABORT + "nobody", "").status()).isEqualTo(404);
    }

    @Test
    void d4ListsAndFiltersRunsOfTheWorkspace() throws Exception {
        for (int i = 0; i < 5; i++) {
            web.post(
                    "/api/invoke",
                    "{\"name\": \"listed\", \"threadId\": \"d4-list-" + i
                            + "\", \"steps\": [{\"tool\": \"give\", \"input\": {\"key\": \"k\"}}]}",
                    "Breadcrumbs-Workspace",
                    "lists");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = web.get(
                            "/api/runs?name=listed&status=completed&limit=2" + cursor, "Breadcrumbs-Workspace", "lists")
                    .json();
            page.path("items").forEach(one -> seen.add(one.path("threadId").asText()));
            cursor = page.path("cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("cursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("d4-list-4", "d4-list-3", "d4-list-2", "d4-list-1", "d4-list-0");
        assertThat(web.get("/api/runs?status=gone").status()).isEqualTo(400);
        assertThat(web.get("/api/runs?name=listed").json().path("items")).isEmpty();
    }

    @Test
    void d4DeletesARunThatIsOver() throws Exception {
        web.post("/api/invoke/async", String.format(HANGING, "d4-gone"));

        assertThat(web.delete("/api/runs/d4-gone").text("/reason")).isEqualTo("NOT_OVER");
        web.post(ABORT + "d4-gone", "");
        assertThat(web.delete("/api/runs/d4-gone").text("/status")).isEqualTo("deleted");

        assertThat(web.get(STATUS + "d4-gone").status()).isEqualTo(404);
        assertThat(web.get("/api/runs?limit=500").response().body()).doesNotContain("d4-gone");
        assertThat(web.post("/api/invoke/async", String.format(HANGING, "d4-gone"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void c13StartsAStoredWorkflowByItsName() throws Exception {
        String twice = "{\"steps\": [{\"id\": \"a\", \"tool\": \"give\", \"input\": {\"key\": \"%s\"}}]}";
        assertThat(web.put("/api/workflows/greet", String.format(twice, "one")).text("/version"))
                .isEqualTo("1");
        assertThat(web.put("/api/workflows/greet", String.format(twice, "two")).text("/version"))
                .isEqualTo("2");

        Reply first = web.post("/api/invoke", "{\"workflow\": \"greet\", \"version\": 1}");
        Reply foreign = web.post("/api/invoke", "{\"workflow\": \"greet\"}", "Breadcrumbs-Workspace", "other");

        assertThat(first.text("/result/a/key")).isEqualTo("one");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(web.get("/api/workflows/greet?version=2").text("/definition/steps/0/input/key"))
                .isEqualTo("two");
        assertThat(web.put("/api/workflows/greet", "{\"steps\": []}").status()).isEqualTo(400);
    }

    @Test
    void c11AndC12RetryForkAndReadTheHistoryOverHttp() throws Exception {
        web.post("/api/invoke", """
                {"threadId": "c11", "steps": [{"id": "a", "tool": "give", "input": {"key": "c11-a"}},
                  {"id": "b", "tool": "brittle", "deps": "a", "input": {"key": "c11"}}]}
                """);
        StandTools.MENDED.add("c11");

        Reply retried = web.post("/api/runs/c11/retry", "");
        stand.untilOver("c11");
        Reply forked = web.post("/api/runs/c11/fork", "{\"step\": \"b\", \"threadId\": \"c11-fork\"}");
        stand.untilOver("c11-fork");

        assertThat(retried.status()).isEqualTo(200);
        assertThat(forked.status()).isEqualTo(200);
        assertThat(StandTools.EXECUTED).containsEntry("c11-a", 1).containsEntry("c11", 3);
        assertThat(names(stream("c11")))
                .contains("workflow_failed", "workflow_retried")
                .endsWith("workflow_complete");
        JsonNode history = web.get("/api/runs/c11/history?from=1&limit=3").json();
        assertThat(history.path("items").findValuesAsText("sequence")).containsExactly("1", "2", "3");
        assertThat(history.path("next").asInt()).isEqualTo(4);
        assertThat(web.get("/api/runs/c11-fork").text("/fork/run")).isEqualTo("c11");
    }

    @Test
    void c13SignalsAndApprovesOverHttp() throws Exception {
        web.post("/api/invoke/async", """
                {"threadId": "c13", "steps": [{"id": "paid", "wait": {"signal": "paid"}},
                  {"id": "ask", "approval": {"title": "Ship it?"}, "deps": "paid"}]}
                """);
        Reply signalled = web.post("/api/runs/c13/signals/paid", "{\"payload\": {\"amount\": 7}}");
        web.stream("/api/invoke/stream/c13", seen -> seen.step().equals("ask"));
        Reply wrong = web.post("/api/runs/c13/approvals/nothing", "{\"decision\": \"approve\"}");
        Reply approved = web.post("/api/runs/c13/approvals/ask", "{\"decision\": \"approve\"}");

        assertThat(signalled.status()).isEqualTo(200);
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(approved.status()).isEqualTo(200);
        assertThat(stand.untilOver("c13").run().step("paid").output()).hasToString("{\"amount\":7}");
    }

    @Test
    void c13KeepsSchedulesOverHttp() throws Exception {
        String path = "/api/schedules/nightly";
        String body = "{\"cron\": \"30 3 * * *\", \"zone\": \"Europe/Berlin\", \"workflow\": \"clean-up\"}";

        assertThat(web.put(path, body).status()).isEqualTo(200);
        assertThat(web.put(path, "{\"cron\": \"soon\", \"workflow\": \"clean-up\"}")
                        .status())
                .isEqualTo(400);
        assertThat(web.get(path).text("/next")).contains(":30:00Z");
        assertThat(web.post(path + "/pause", "").status()).isEqualTo(200);
        assertThat(web.get(path).text("/paused")).isEqualTo("true");
        assertThat(web.get("/api/schedules").text("/items/0/name")).isEqualTo("nightly");
        assertThat(web.get("/api/schedules", "Breadcrumbs-Workspace", "other")
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(web.delete(path).status()).isEqualTo(200);
        assertThat(web.get(path).status()).isEqualTo(404);
    }
}
