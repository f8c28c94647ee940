package io.breadcrumbs.api.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.testkit.workflow.FakeFailure;
import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.run.Plans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The streams of runs, byte for byte as files have them; {@code -Dgolden=write} writes the files anew. */
class RunEventsTest {

    private static final Path FILES = Path.of("src", "test", "resources", "streams");
    private static final String THREE = """
            {"output": {"sum": "{add.output}"}, "steps": [
              {"id": "a", "tool": "one"}, {"id": "b", "tool": "one"},
              {"id": "add", "tool": "add", "input": {"a": "{a.output}", "b": "{b.output}"}}]}
            """;
    private static final FakeTool ONE = _ -> Json.of(1);

    private static String stream(WorkflowTrial trial, long from) {
        RunEvents events = new RunEvents("run", new Plans(new CelConditions()));
        StringBuilder text = new StringBuilder();
        for (Journal.Batch batch : HistoryFile.read(trial.history())) {
            for (byte[] frame : events.frames(batch, from)) {
                text.append(new String(frame, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private static void demandAsIn(String file, WorkflowTrial trial) throws IOException {
        String stream = stream(trial, 0);
        Path path = FILES.resolve(file);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(FILES);
            Files.writeString(path, stream);
        }
        assertThat(stream).isEqualTo(Files.readString(path));
    }

    @Test
    void shouldTellOfAGoodRun() throws IOException {
        demandAsIn(
                "good.txt",
                new WorkflowTrial(THREE)
                        .with("one", ONE)
                        .with("add", _ -> Json.of(2))
                        .start("{}"));
    }

    @Test
    void shouldTellOfAFailedRunWithTheStepThatFailed() throws IOException {
        demandAsIn(
                "failed.txt",
                new WorkflowTrial("""
                        [{"id": "a", "tool": "one"},
                         {"id": "b", "tool": "bad", "deps": "a", "retry": {"attempts": 2, "backoff": "1s"}},
                         {"id": "later", "tool": "one", "deps": "b"}]
                        """)
                        .with("one", ONE)
                        .with("bad", failing())
                        .start("{}")
                        .pass(Duration.ofMinutes(1)));
    }

    private static FakeTool failing() {
        return _ -> {
            throw FakeFailure.retryable("no paper");
        };
    }

    @Test
    void shouldTellOfACancelledRun() throws IOException {
        demandAsIn(
                "cancelled.txt",
                new WorkflowTrial("""
                        [{"id": "a", "tool": "one"}, {"id": "wait", "wait": {"for": "1h"}, "deps": "a"}]
                        """).with("one", ONE).start("{}").cancel());
    }

    @Test
    void shouldTellOfARetriedRun() throws IOException {
        int[] calls = {0};
        demandAsIn(
                "retried.txt",
                new WorkflowTrial("""
                        [{"id": "a", "tool": "brittle"}]
                        """)
                        .with("brittle", _ -> {
                            if (calls[0]++ == 0) {
                                throw FakeFailure.lasting("out of order");
                            }
                            return Json.of("done");
                        })
                        .start("{}")
                        .give(new Input.Retry("trial")));
    }

    @Test
    void shouldTellOfAllElse() throws IOException {
        demandAsIn(
                "rest.txt",
                new WorkflowTrial("""
                        {"onError": "continue", "steps": [
                          {"id": "each", "map": {"over": [1, 2], "step": {"tool": "one"}}},
                          {"id": "ask", "approval": {"title": "Go on?"}},
                          {"id": "way", "choice": [{"when": "false", "steps": "no"}]},
                          {"id": "no", "tool": "one"},
                          {"id": "undoable", "tool": "one", "compensate": {"tool": "undo"}},
                          {"id": "bad", "tool": "bad", "deps": "undoable"},
                          {"id": "blocked", "tool": "one", "deps": "bad"}]}
                        """)
                        .with("one", ONE)
                        .with("undo", ONE)
                        .with("bad", failing())
                        .start("{}")
                        .give(new Input.Pause("trial"))
                        .give(new Input.Resume("trial"))
                        .approve("ask"));
    }

    @Test
    void shouldGoOnFromAnyEventWithoutGapOrRepeat() {
        WorkflowTrial trial = new WorkflowTrial(THREE)
                .with("one", ONE)
                .with("add", _ -> Json.of(2))
                .start("{}");
        String all = stream(trial, 0);
        List<String> frames = List.of(all.split("(?<=\n\n)"));

        for (int seen = 0; seen < frames.size(); seen++) {
            long last = Long.parseLong(frames.get(seen).replaceAll("(?s).*\nid: (\\d+)\n.*", "$1"));

            assertThat(String.join("", frames.subList(0, seen + 1)) + stream(trial, last + 1))
                    .isEqualTo(all);
        }
        assertThat(frames).hasSize(7);
    }
}
