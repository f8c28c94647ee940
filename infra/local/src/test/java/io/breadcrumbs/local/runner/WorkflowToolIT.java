package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.local.desk.Family;
import io.breadcrumbs.local.desk.bus.BusDesk;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** B11: a tool that runs workflows, on a runner with four slots. */
@Timeout(240)
class WorkflowToolIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEP = 10;
    private static final String WAITING =
            "{\"workflow\": {\"steps\": [{\"id\": \"w\", \"wait\": {\"signal\": \"never\"}}]}}";

    @TempDir
    static Path data;

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(data, new RunnerSettings(Set.of("default"), 4));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static ToolRequest.Builder request(String input) {
        return Stage.request("workflow").setInput(input);
    }

    private static ToolResponse answer(ToolRequest.Builder request) throws Exception {
        return stage.ask(request.build()).durable().get();
    }

    private static JsonNode output(ToolResponse response) throws Exception {
        assertThat(response.getError()).isNull();
        return JSON.readTree(response.getOutput());
    }

    private static ToolError error(ToolRequest.Builder request) throws Exception {
        ToolError error = answer(request).getError();
        assertThat(error).isNotNull();
        return error;
    }

    private static void save(String name, String definition) throws Exception {
        try (Breadcrumbs breadcrumbs = new Breadcrumbs(stage.bus)) {
            StoredWorkflows.save(breadcrumbs, "default", name, definition, "tester")
                    .get();
        }
    }

    private static List<Summary> runs() throws Exception {
        return new BusDesk(stage.bus, List::of).runs().all();
    }

    private static List<Summary> runsOf(String name) throws Exception {
        return runs().stream().filter(run -> name.equals(run.name())).toList();
    }

    /** Follows a run until it is so. */
    private static void until(String runId, Predicate<Followed> so) throws Exception {
        try (Family family = new Family(new BusDesk(stage.bus, List::of).runs(), runId, false, _ -> {})) {
            while (!family.caughtUp() || !so.test(family.first())) {
                assertThat(family.next(Stage.PATIENCE))
                        .as("news of run %s", runId)
                        .isNotNull();
            }
        }
    }

    /** The run of this workflow, as soon as it has begun. */
    private static String begun(String name) throws Exception {
        List<Summary> runs = runsOf(name);
        for (Instant end = Instant.now().plus(Stage.PATIENCE); runs.isEmpty(); runs = runsOf(name)) {
            assertThat(Instant.now()).isBefore(end);
        }
        return runs.getFirst().runId();
    }

    @Test
    void shouldAnswerWithTheOutputOfARun() throws Exception {
        JsonNode answer = output(answer(request("""
                {"workflow": {"name": "sum", "output": "{add.result}", "steps": [
                  {"id": "add", "tool": "calculator", "input": {"expression": "${input.n} + 2"}}]}, "input": {"n": 40}}
                """)));

        assertThat(answer.get("output").asInt()).isEqualTo(42);
        until(answer.get("run").asText(), run -> run.run().status() == RunStatus.COMPLETED);
    }

    @Test
    void shouldHoldNoSlotWhileRunsAskForItInTurn() throws Exception {
        save(
                "level-0",
                "{\"output\": \"{e.result}\", \"steps\": [{\"id\": \"e\", \"tool\": \"calculator\","
                        + " \"input\": {\"expression\": \"6 * 7\"}}]}");
        for (int level = 1; level <= DEEP; level++) {
            save(
                    "level-" + level,
                    "{\"output\": \"{s.output.output}\", \"steps\": [{\"id\": \"s\", \"tool\":"
                            + " \"workflow\", \"input\": {\"workflow\": \"level-" + (level - 1) + "\"}}]}");
        }

        List<CompletableFuture<ToolResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(
                    stage.ask(request("{\"workflow\": \"level-" + DEEP + "\"}").build())
                            .durable());
        }

        for (CompletableFuture<ToolResponse> answer : answers) {
            assertThat(output(answer.get()).get("output").asInt()).isEqualTo(42);
        }
        assertThat(runsOf("level-0")).hasSize(8).allSatisfy(run -> {
            assertThat(run.depth()).isEqualTo(DEEP);
            assertThat(run.runId()).startsWith("workflow-" + DEEP + "-");
        });
    }

    @Test
    void shouldMakeOneRunOfARepeatedRequest() throws Exception {
        String input = "{\"workflow\": {\"name\": \"repeated\", \"steps\": [{\"tool\": \"echo\","
                + " \"input\": {\"message\": \"once\"}}]}}";

        JsonNode first = output(answer(request(input).setIdempotencyKey("same")));
        JsonNode again = output(answer(request(input).setIdempotencyKey("same")));
        JsonNode next = output(answer(request(input).setIdempotencyKey("same").setAttempt(2)));

        assertThat(again).isEqualTo(first);
        assertThat(next.get("run")).isNotEqualTo(first.get("run"));
        assertThat(runsOf("repeated")).hasSize(2);
    }

    @Test
    void shouldSayWhyARunFailed() throws Exception {
        ToolError failed = error(request("{\"workflow\": {\"steps\": [{\"id\": \"bad\", \"tool\": \"calculator\","
                + " \"input\": {\"expression\": \"1 / 0\"}}]}}"));

        assertThat(failed.getMessage()).startsWith("run workflow-0-").contains("bad");
    }

    @Test
    void shouldRefuseWhatIsNoWorkflow() throws Exception {
        ToolError faulty =
                error(request("{\"workflow\": {\"steps\": [{\"id\": \"a\", \"tool\": \"echo\", \"deps\": \"b\"},"
                        + " {\"id\": \"a\", \"tool\": \"echo\"}]}}"));
        ToolError unknown = error(request("{\"workflow\": \"nobody-stored-this\"}"));
        ToolError noName = error(request("{\"workflow\": \"no name\"}"));

        assertThat(faulty.getKind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(faulty.getField()).isEqualTo("workflow");
        assertThat(faulty.getMessage()).contains("; ");
        assertThat(unknown.getMessage()).contains("there is no workflow 'nobody-stored-this'");
        assertThat(noName.getField()).isEqualTo("workflow");
    }

    @Test
    void shouldCancelTheRunOfACancelledRequest() throws Exception {
        ToolRequest request = request(WAITING.replace("{\"steps\"", "{\"name\": \"stopped\", \"steps\""))
                .build();
        CompletableFuture<ToolResponse> answer = stage.ask(request).durable();
        String runId = begun("stopped");

        stage.cancel(request);

        assertThat(answer.get().getError().getKind()).isEqualTo(ErrorKind.CANCELLED);
        until(runId, run -> run.run().status() == RunStatus.CANCELLED);
    }

    @Test
    void shouldEndTheRunAtTheDeadlineOfTheRequest() throws Exception {
        ToolRequest request = request(WAITING.replace("{\"steps\"", "{\"name\": \"late\", \"steps\""))
                .setDeadlineMs(Instant.now().plus(Duration.ofSeconds(5)).toEpochMilli())
                .build();

        ToolResponse answer = stage.ask(request).durable().get();

        assertThat(answer.getError().getKind()).isEqualTo(ErrorKind.TIMEOUT);
        until(begun("late"), run -> run.run().status().over());
    }
}
