package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Forks, of C12. */
class ForksTest {

    private static final FakeTool ECHO = input -> input;

    private static final String CHAIN = """
            [{"id": "a", "tool": "echo", "input": {"n": "{input.n}"}},
             {"id": "b", "tool": "echo", "input": {"a": "${a.n}"}},
             {"id": "c", "tool": "echo", "input": {"b": "${b.a}"}},
             {"id": "aside", "tool": "echo", "input": "aside"}]
            """;

    private static List<String> asked(WorkflowTrial trial) {
        return trial.requests().stream()
                .map(request -> request.id().split("/", -1)[1])
                .toList();
    }

    @Test
    void shouldAskForNothingAgainThatTheStepDoesNotTouch() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(CHAIN).with("echo", ECHO).start("{\"n\": 1}");

        // When
        WorkflowTrial fork = trial.fork("b");

        // Then
        assertThat(asked(fork)).containsExactly("b", "c");
        assertThat(fork.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(fork.output()).isEqualTo(trial.output());
        assertThat(fork.step("a").given()).isTrue();
        assertThat(fork.step("b").given()).isFalse();
    }

    @Test
    void shouldGiveTheStepAnInputInWhichNothingIsATemplate() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(CHAIN).with("echo", ECHO).start("{\"n\": 1}");

        // When
        WorkflowTrial fork = trial.fork("b", "{\"a\": \"${a.n} and {input.n}\"}");

        // Then
        assertThat(fork.step("b").output()).hasToString("{\"a\":\"${a.n} and {input.n}\"}");
        assertThat(fork.step("c").output()).hasToString("{\"b\":\"${a.n} and {input.n}\"}");
    }

    @Test
    void shouldGiveTheSameInputToEveryAttempt() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        {"id": "a", "tool": "flaky", "input": "own", "retry": {"attempts": 3, "backoff": "1s"}}
                        """).start("{}");

        // When
        WorkflowTrial fork = trial.fork("a", "\"edited\"");
        Event.Request first = fork.requests().getFirst();
        RunError why = new RunError(RunError.RUNTIME, "FAKE", "it fails", true);
        fork.give(new Input.Answer(first.id(), null, why)).pass(Duration.ofSeconds(5));

        // Then
        assertThat(fork.requests()).extracting(Event.Request::input).containsOnly(Value.of("\"edited\""));
        assertThat(fork.requests()).hasSize(2);
    }

    @Test
    void shouldForkARunThatStillRuns() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "echo", "input": 1}, {"id": "slow", "tool": "slow"},
                         {"id": "b", "tool": "echo", "input": "${a}"},
                         {"id": "last", "tool": "echo", "deps": ["slow", "b"], "input": "${b}"}]
                        """).with("echo", ECHO).start("{}");

        // When
        WorkflowTrial fork = trial.fork("last");

        // Then
        assertThat(asked(fork)).as("what has not been completed runs anew").containsExactly("slow");
        assertThat(fork.step("a").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(fork.step("last").status()).isEqualTo(StepStatus.PENDING);
        assertThat(trial.status()).as("the run itself").isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void shouldKeepWhatWasLeftOutAndWhatAChoiceHasTaken() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "size", "choice": [{"when": "input.n > 5", "steps": ["ask", "wide"]}, {"steps": "pay"}]},
                         {"id": "ask", "tool": "echo", "input": "ask"}, {"id": "wide", "tool": "echo", "deps": "slow"},
                         {"id": "slow", "tool": "slow"},
                         {"id": "never", "tool": "echo", "when": "input.n > 100"},
                         {"id": "pay", "tool": "echo", "deps": "never", "input": {"never": "{never.status}"}}]
                        """).with("echo", ECHO).start("{\"n\": 3}");

        // When
        WorkflowTrial fork = trial.fork("pay");
        fork.give(new Input.Answer(fork.requests().getFirst().id(), Value.of("1"), null));

        // Then
        assertThat(asked(fork)).containsExactly("slow", "pay");
        assertThat(fork.step("pay").output()).hasToString("{\"never\":\"skipped\"}");
        assertThat(fork.step("ask").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(fork.step("wide").status())
                .as("of the branch that was not taken, and had not come up")
                .isEqualTo(StepStatus.SKIPPED);
        assertThat(fork.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldNotGiveWhatWasUndoneNorWhatRestsOnIt() {
        // Given
        WorkflowTrial trial =
                new WorkflowTrial("""
                        [{"id": "first", "tool": "echo", "input": 1},
                         {"id": "book", "tool": "echo", "input": "${first}", "compensate": {"tool": "echo"}},
                         {"id": "mail", "tool": "echo", "input": "${book}"},
                         {"id": "slow", "tool": "slow", "deps": "mail"}]
                        """).with("echo", ECHO).start("{}").cancel();

        // When
        WorkflowTrial fork = trial.fork("slow");

        // Then
        assertThat(trial.step("book").undone()).isTrue();
        assertThat(asked(fork)).containsExactly("book", "mail", "slow");
    }

    @Test
    void shouldNotUndoWhatTheOtherRunHasDone() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "book", "tool": "echo", "compensate": {"tool": "echo"}},
                         {"id": "slow", "tool": "slow", "deps": "book"}]
                        """).with("echo", ECHO).start("{}");

        // When
        WorkflowTrial fork = trial.fork("slow").cancel();

        // Then
        assertThat(fork.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(asked(fork)).containsExactly("slow");
    }

    @Test
    void shouldGoOnFromAForkThatFailed() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(CHAIN).with("echo", ECHO).start("{\"n\": 1}");
        WorkflowTrial fork = trial.with("echo", FakeTool.failing(1, ECHO)).fork("b", "{\"a\": 7}");
        assertThat(fork.status()).isEqualTo(RunStatus.FAILED);

        // When
        fork.give(new Input.Retry("me"));

        // Then
        assertThat(fork.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(asked(fork)).containsExactly("b", "b", "c");
        assertThat(fork.step("c").output()).hasToString("{\"b\":7}");
    }

    @Test
    void shouldRefuseAStepThatTheWorkflowDoesNotHave() {
        assertThat(failure("nowhere", null).code()).isEqualTo("NO_STEP");
        assertThat(failure("nowhere", null).message()).contains("'nowhere'", "a, b, c, aside");
    }

    @Test
    void shouldRefuseAnInputForAStepThatHasNone() {
        WorkflowTrial trial = new WorkflowTrial("{\"id\": \"w\", \"wait\": \"1h\"}").start("{}");

        RunError error = Objects.requireNonNull(trial.fork("w", "1").run().error());

        assertThat(error.code()).isEqualTo("NO_INPUT");
        assertThat(trial.fork("w").status()).isEqualTo(RunStatus.RUNNING);
    }

    private static RunError failure(String step, @Nullable String input) {
        Event.Origin origin = new Event.Origin(
                null, null, null, 0, new Event.Fork("other", step, input == null ? null : Value.of(input)));
        WorkflowTrial trial =
                new WorkflowTrial(CHAIN).give(new Input.Start(CHAIN, Value.of("{}"), origin, null, List.of()));
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.requests()).isEmpty();
        return Objects.requireNonNull(trial.run().error());
    }
}
