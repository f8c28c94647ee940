package io.breadcrumbs.api.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.HistoryFile;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.testkit.workflow.FakeFailure;
import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        RunEvents events = new RunEvents("run", new Plans(new CelConditions()), () -> false);
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

    private static Journal.Batch decided(long sequence, Event... events) {
        List<Entry> entries =
                Stream.of(events).map(event -> new Entry(event, 1_000, null)).toList();
        return new Journal.Batch("run", "default", 0, sequence, "input" + sequence, -1, 0, entries);
    }

    private static String stream(boolean rejected, long from, Journal.Batch... batches) {
        RunEvents events = new RunEvents("run", new Plans(new CelConditions()), () -> rejected);
        return Stream.of(batches)
                .flatMap(batch -> events.frames(batch, from).stream())
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Test
    void shouldEndOnceWithTheReasonWhereTheStartWasRejected() {
        Journal.Batch first = decided(0, new Event.Rejected("DELETED", "a run of this id was deleted"));
        Journal.Batch second = decided(1, new Event.Rejected("NO_RUN", "there is no such run"));

        assertThat(stream(true, 0, first, second)).isEqualTo("""
                event: workflow_failed
                id: 0
                data: {"error":{"kind":"validation","code":"DELETED","message":"a run of this id was deleted",\
                "retryable":false},"threadId":"run","at":"1970-01-01T00:00:01Z"}

                """);
        assertThat(stream(true, 1, first, second)).isEmpty();
    }

    @Test
    void shouldEndNothingForACommandThatMadeNoSense() {
        Journal.Batch before = decided(0, new Event.Rejected("NO_RUN", "there is no such run"));
        Journal.Batch begins = decided(
                1,
                new Event.Started(
                        "[{\"id\": \"a\", \"tool\": \"echo\"}]",
                        Value.of("{}"),
                        new Event.Origin("sum", "me", null, 0),
                        null,
                        List.of()));
        Journal.Batch within = decided(2, new Event.Rejected("NOT_ASKED", "step 'a' waits for nobody's decision"));

        assertThat(stream(false, 0, before, begins, within)).isEmpty();
        assertThat(stream(true, 0, begins, within)).isEmpty();
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
