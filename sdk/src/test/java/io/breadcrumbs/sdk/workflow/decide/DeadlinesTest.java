package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run's own deadline does to that for which it waits: C8. */
class DeadlinesTest {

    private static WorkflowTrial within10s(String step) {
        return new WorkflowTrial("{\"timeout\": \"10s\", \"steps\": [" + step + "]}").start("{}");
    }

    private static List<Long> waits(WorkflowTrial trial) {
        return trial.events().stream()
                .filter(Event.Waits.class::isInstance)
                .map(event -> ((Event.Waits) event).until() - trial.run().startedAt())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"w\", \"wait\": \"1h\"}",
                "{\"id\": \"w\", \"wait\": \"10s\"}",
                "{\"id\": \"w\", \"wait\": {\"until\": \"2999-01-01T00:00:00Z\"}}",
                "{\"id\": \"w\", \"wait\": {\"signal\": \"go\"}}",
                "{\"id\": \"w\", \"wait\": {\"signal\": \"go\"}, \"timeout\": \"1m\"}",
                "{\"id\": \"w\", \"approval\": {\"title\": \"Ok?\", \"onExpiry\": \"approve\"}}",
                "{\"id\": \"w\", \"approval\": {\"title\": \"Ok?\", \"onExpiry\": \"reject\", \"expires\": \"1m\"}}"
            })
    void shouldWaitNoLongerThanTheRunLasts(String step) {
        WorkflowTrial trial = within10s(step);
        Timer waiting = trial.run().timers().getLast();
        assertThat(waiting.kind()).isEqualTo(Timer.Kind.WAIT);

        trial.pass(Duration.ofMillis(9_999));
        assertThat(trial.status()).isEqualTo(RunStatus.RUNNING);
        trial.pass(Duration.ofMillis(1));

        assertThat(waits(trial)).containsExactly(10_000L);
        assertTimedOut(trial);
    }

    /** Whichever of the two timers an engine looks at first. */
    @Test
    void shouldNotCompleteAWaitThatWasCutShort() {
        WorkflowTrial trial = within10s("{\"id\": \"w\", \"wait\": \"1h\"}");
        Timer waiting = trial.run().timers().getLast();
        Timer whole = trial.run().timers().getFirst();
        trial.pass(Duration.ofSeconds(9));

        Decision first = Decider.decide(trial.run(), new Input.Fire(waiting), facts(whole.at()));
        Decision second = Decider.decide(trial.run(), new Input.Fire(whole), facts(whole.at()));

        assertThat(first.events()).hasSize(2).last().isInstanceOf(Event.Ended.class);
        assertThat(second.events()).isEmpty();
        assertThat(trial.step("w").status()).isEqualTo(StepStatus.CANCELLED);
    }

    private static Facts facts(long now) {
        return new Facts(now, 0, (_, _) -> null);
    }

    @Test
    void shouldCompleteAWaitThatIsOverBeforeTheRun() {
        WorkflowTrial trial = within10s("{\"id\": \"w\", \"wait\": \"9999ms\"}");

        trial.pass(Duration.ofMinutes(1));

        assertThat(waits(trial)).containsExactly(9_999L);
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": "w", "tool": "nobodys"}                                            | tool 'nobodys'
            {"id": "w", "tool": "nobodys", "timeout": "10s", "retry": 3}              | tool 'nobodys'
            {"id": "w", "workflow": "clean-up"}                                       | workflow 'clean-up'
            {"id": "w", "map": {"over": [1, 2], "step": {"tool": "nobodys"}}}         | tool 'nobodys'
            {"id": "w", "tool": "flaky", "retry": {"attempts": 2, "backoff": "1m"}}   | its next attempt
            {"id": "w", "wait": {"signal": "go"}}                                     | signal 'go'
            {"id": "w", "approval": {"title": "Ok?"}}                                 | somebody's decision
            {"id": "w", "wait": "1h"}                                                 | its time
            """)
    void shouldNameTheDeadlineAndWhatWasAwaited(String step, String awaited) {
        WorkflowTrial trial = new WorkflowTrial("{\"timeout\": \"10s\", \"steps\": " + step + "}")
                .with("flaky", FakeTool.failing(2, input -> input))
                .withWorkflow("clean-up", "[{\"id\": \"long\", \"wait\": \"1h\"}]")
                .start("{}");

        trial.pass(Duration.ofMinutes(1));

        assertTimedOut(trial);
        assertThat(trial.run().error())
                .hasToString("RunError[kind=timeout, code=RUN_TIMEOUT, message=the run was not over by its deadline, "
                        + "after PT10S: step w awaited " + awaited + ", retryable=true]");
    }

    @Test
    void shouldNameSomeOfManyStepsAndCountTheOthers() {
        WorkflowTrial trial = within10s(IntStream.range(0, 9)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"t" + i + "\"}")
                .collect(Collectors.joining(", ")));
        trial.give(new Input.Answer(String.valueOf(trial.step("s1").requestId()), Value.of("1"), null));

        trial.pass(Duration.ofMinutes(1));

        assertThat(String.valueOf(trial.run().error()))
                .contains(
                        "after PT10S: step s0 awaited tool 't0', step s2 awaited tool 't2', step s3 awaited tool 't3', "
                                + "and 5 more steps, ");
    }

    /** A runner refuses what it has no time for, and its answer may be there before the engine looks at its clock. */
    @Test
    void shouldNotBlameAStepForTheRunsDeadline() {
        WorkflowTrial trial =
                within10s("{\"id\": \"w\", \"tool\": \"slow\", \"retry\": 3}").pass(Duration.ofSeconds(9));
        Input.Answer late = new Input.Answer(
                String.valueOf(trial.step("w").requestId()), null, RunError.timeout("TIMEOUT", "it took too long"));
        long end = trial.run().startedAt() + 10_000;

        Decision decision = Decider.decide(trial.run(), late, facts(end));

        assertThat(decision.events()).hasSize(2).first().isInstanceOf(Event.Stopping.class);
        assertTimedOut(trial);
    }

    @Test
    void shouldBlameTheStepForItsOwnDeadline() {
        WorkflowTrial trial = within10s("{\"id\": \"w\", \"tool\": \"slow\", \"timeout\": \"9999ms\"}");

        trial.pass(Duration.ofMinutes(1));

        assertThat(trial.run().error())
                .hasToString("RunError[kind=timeout, code=NO_ANSWER, message=step w: tool 'slow' "
                        + "gave no answer within PT9.999S, retryable=true]");
    }

    private static void assertTimedOut(WorkflowTrial trial) {
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).extracting(RunError::code).isEqualTo("RUN_TIMEOUT");
        assertThat(trial.step("w").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(trial.step("w").output()).isNull();
    }
}
