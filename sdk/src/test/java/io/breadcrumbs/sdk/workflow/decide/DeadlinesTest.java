package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static void assertTimedOut(WorkflowTrial trial) {
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).extracting(RunError::code).isEqualTo("RUN_TIMEOUT");
        assertThat(trial.step("w").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(trial.step("w").output()).isNull();
    }
}
