package io.breadcrumbs.sdk.testkit.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.sdk.workflow.decide.Input;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunReplayTest {

    private static final FakeTool ECHO = input -> input;
    private static final Duration LONG = Duration.ofDays(40);

    private static final String TWO = """
            [{"id": "a", "tool": "echo", "input": {"n": "{input.n}"}},
             {"id": "b", "tool": "echo", "input": {"a": "${a.n}"}}]
            """;

    private static WorkflowTrial trial(String definition) {
        return new WorkflowTrial(definition)
                .with("echo", ECHO)
                .with("flaky", FakeTool.failing(2, ECHO))
                .with("broken", _ -> {
                    throw FakeFailure.lasting("it is broken");
                });
    }

    /** Runs of all kinds, as they ended. */
    static Stream<WorkflowTrial> runs() {
        String many = IntStream.range(0, 900)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"echo\", \"when\": \"" + (i % 2 == 0) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                trial(TWO).start("{\"n\": 1}"),
                trial(TWO).start("{}"),
                trial(many).start("{}"),
                trial("{\"timeout\": \"10m\", \"steps\": {\"tool\": \"nobody\", \"retry\": {\"attempts\": 9}}}")
                        .start("{}")
                        .pass(LONG),
                trial("{\"tool\": \"flaky\", \"input\": 1, \"retry\": {\"attempts\": 3, \"backoff\": \"1h\"}}")
                        .start("{}")
                        .pass(LONG),
                trial(
                                "{\"onError\": \"continue\", \"steps\": [{\"id\": \"a\", \"tool\": \"broken\"},"
                                        + " {\"id\": \"b\", \"deps\": \"a\", \"tool\": \"echo\"}, {\"id\": \"c\", \"tool\": \"echo\"}]}")
                        .start("{}"),
                trial("""
                        {"map": {"over": [1, 2, 3, 4], "concurrency": 2,
                          "step": {"tool": "flaky", "input": {"n": "{item}", "i": "{index}"}}}, "retry": 5}
                        """).start("{}").pass(LONG),
                trial("{\"id\": \"w\", \"workflow\": {\"steps\": {\"tool\": \"echo\"}}, \"input\": {\"x\": 1}}")
                        .start("{}"),
                undone(),
                broken(),
                paused(),
                asked(),
                refused(),
                trial(TWO).start("{\"n\": 1}").fork("b", "{\"other\": 2}"),
                new WorkflowTrial("{}").start("{}"));
    }

    private static WorkflowTrial undone() {
        return trial("""
                [{"id": "book", "tool": "echo", "compensate": {"tool": "echo", "input": "${book}"}},
                 {"id": "badly", "tool": "echo", "compensate": {"tool": "broken"}},
                 {"id": "long", "deps": ["book", "badly"], "wait": "3d"}]
                """).start("{}").pass(Duration.ofDays(1)).cancel();
    }

    /** The engine is at fault, and again when it undoes. */
    private static WorkflowTrial broken() {
        RunError fault = RunError.fault("the engine failed");
        WorkflowTrial trial = trial("""
                [{"id": "car", "tool": "echo", "compensate": {"tool": "never"}},
                 {"id": "hotel", "deps": "car", "tool": "never", "compensate": {"tool": "echo"}}]
                """).start("{}");
        Input.Answer late = new Input.Answer(trial.requests().getLast().id(), Value.of("1"), null);
        return trial.give(new Input.Fail(fault, late)).give(new Input.Fail(fault, null));
    }

    private static WorkflowTrial paused() {
        return trial("""
                [{"id": "a", "tool": "flaky", "retry": {"attempts": 2, "backoff": "1h"}}, {"id": "b", "tool": "echo", "deps": "a"}]
                """)
                .start("{}")
                .give(new Input.Pause("ada"))
                .pass(Duration.ofDays(1))
                .give(new Input.Resume("ada"))
                .give(new Input.Retry("ada"));
    }

    private static WorkflowTrial asked() {
        String two = "{\"when\": \"input.n > 3\", \"steps\": \"big\"}, {\"steps\": \"small\"}";
        return trial(
                        "[{\"id\": \"size\", \"choice\": [" + two
                                + "]}, {\"id\": \"big\", \"wait\": {\"signal\": \"never\"}},"
                                + " {\"id\": \"small\", \"wait\": {\"signal\": \"go\", \"correlation\": 7}},"
                                + " {\"id\": \"ok\", \"deps\": \"small\", \"approval\": {\"title\": \"Ok?\", \"show\": {\"x\": 1}}},"
                                + " {\"id\": \"same\", \"deps\": \"ok\", \"approval\": {\"title\": \"Ok?\", \"show\": \"${ok}\"}},"
                                + " {\"id\": \"late\", \"deps\": \"same\", \"approval\": {\"title\": \"Ok?\", \"expires\": \"1h\"}}]")
                .start("{\"n\": 1}")
                .give(new Input.Signal("go", Value.of("8"), Value.of("{}"), "ada"))
                .give(new Input.Signal("go", Value.of("7"), Value.of("{\"y\":2}"), "ada"))
                .give(new Input.Verdict("ok", true, Value.of("{\"x\":3}"), "bob"))
                .approve("same")
                .pass(LONG);
    }

    private static WorkflowTrial refused() {
        return trial("{\"id\": \"ok\", \"approval\": {\"title\": \"Ok?\"}}")
                .start("{}")
                .approve("nothing")
                .start("{}")
                .give(new Input.Answer("nobody's", Value.of("1"), null))
                .reject("ok")
                .cancel();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldFindNoDifferenceWithTheSameDefinition(WorkflowTrial trial) {
        RunReplay replay = RunReplay.of(trial.history());

        assertThat(replay.differences()).isEmpty();
        assertThat(replay.decisions()).isGreaterThanOrEqualTo(trial.status() == RunStatus.FAILED ? 1 : 2);
    }

    @Test
    void shouldReadWhatTheCommandLineHasPrinted(@TempDir Path folder) throws IOException {
        // Given
        Path file = folder.resolve("order-17.jsonl");
        Files.write(file, trial(TWO).start("{\"n\": 1}").history());

        // When
        RunReplay replay = RunReplay.of(file);

        // Then
        assertThat(replay.differences()).isEmpty();
        assertThat(replay.decisions()).isEqualTo(3);
    }

    @Test
    void shouldSayWhereAChangedDefinitionDecidesOtherwise() {
        // Given
        RunReplay replay = RunReplay.of(trial(TWO).start("{\"n\": 1}").history());

        // When
        List<RunReplay.Difference> differences = replay.with(TWO.replace("{\"a\": \"${a.n}\"}", "{\"b\": \"${a.n}\"}"))
                .differences();

        // Then
        assertThat(differences).hasSize(1);
        RunReplay.Difference difference = differences.getFirst();
        assertThat(difference.number()).isEqualTo(3);
        assertThat(difference.inputId()).isEqualTo("answer/run/a/1/0");
        assertThat(difference.journalled())
                .isInstanceOfSatisfying(
                        Event.Asked.class,
                        asked -> assertThat(asked.request().input()).hasToString("{\"a\":1}"));
        assertThat(difference.decided())
                .isInstanceOfSatisfying(
                        Event.Asked.class,
                        asked -> assertThat(asked.request().input()).hasToString("{\"b\":1}"));
        assertThat(difference.toString()).startsWith("event 3, about answer/run/a/1/0: the journal has Asked[");
    }

    @Test
    void shouldGoOnBehindADifferenceAsTheJournalDoes() {
        // Given
        String before = "[{\"id\": \"a\", \"tool\": \"echo\"}, {\"id\": \"b\", \"tool\": \"echo\", \"deps\": \"a\"}]";
        String after = "{\"output\": \"over\", \"steps\": [{\"id\": \"a\", \"tool\": \"echo\"}, {\"id\": \"b\","
                + " \"tool\": \"echo\", \"deps\": \"a\", \"timeout\": \"1m\"}]}";

        // When
        List<RunReplay.Difference> differences =
                RunReplay.of(trial(before).start("{}").history()).with(after).differences();

        // Then
        assertThat(differences).extracting(RunReplay.Difference::number).containsExactly(3L, 5L);
    }

    @Test
    void shouldEndWhereTheDefinitionCannotFollow() {
        // Given
        RunReplay replay = RunReplay.of(trial(TWO).start("{\"n\": 1}").history());

        // When
        List<RunReplay.Difference> renamed = replay.with(
                        TWO.replace("\"id\": \"a\"", "\"id\": \"x\"").replace("${a.n}", "${x.n}"))
                .differences();
        List<RunReplay.Difference> none = replay.with("{}").differences();

        // Then
        assertThat(renamed).extracting(RunReplay.Difference::number).containsExactly(1L);
        assertThat(none).extracting(RunReplay.Difference::decided).hasOnlyElementsOfType(Event.Ended.class);
        assertThat(none).hasSize(1);
    }

    @Test
    void shouldNameTheLineThatIsNoHistory() {
        List<String> history = trial(TWO).start("{\"n\": 1}").history();
        List<String> hole = new ArrayList<>(history);
        hole.remove(2);
        List<String> broken = new ArrayList<>(history);
        broken.set(1, history.get(1).replace("\"ASKED\"", "7"));

        assertThatThrownBy(() -> RunReplay.of(hole))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: expected event 2 of one run, got event 3 of run run");
        assertThatThrownBy(() -> RunReplay.of(broken)).hasMessageStartingWith("line 2: type: expected");
        assertThatThrownBy(() -> RunReplay.of(List.of(Json.of("x").toString())))
                .hasMessage("line 1: expected an object");
        assertThatThrownBy(() -> RunReplay.of(List.of())).hasMessageContaining("got no line");
    }
}
