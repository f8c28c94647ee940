package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How runs end, whatever ends them. */
class EndingTest {

    private static final String BOOKED = """
            {"id": "car", "tool": "book", "compensate": {"tool": "cancel", "input": "${car.what}"},
             "input": {"what": "car"}}""";

    private static WorkflowTrial trial(String source) {
        return new WorkflowTrial(source).with("book", input -> input).with("cancel", input -> input);
    }

    private static void assertUndone(WorkflowTrial trial) {
        assertThat(trial.requests())
                .filteredOn(request -> request.tool().equals("cancel"))
                .singleElement()
                .matches(request -> request.input().toString().equals("\"car\""));
        assertThat(trial.events().getLast()).isInstanceOf(Event.Ended.class);
    }

    @Test
    void shouldUndoWhatWasCompletedIfTheOutputCannotBeMade() {
        WorkflowTrial trial = trial("{\"steps\": [" + BOOKED + "], \"output\": \"${car.nope}\"}");

        trial.start("{}");

        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).matches(error -> error.code().equals("MISSING_VALUE"));
        assertUndone(trial);
    }

    @Test
    void shouldUndoWhatWasCompletedIfTheRunIsCancelled() {
        WorkflowTrial trial =
                trial("[" + BOOKED + ", {\"id\": \"sign\", \"deps\": \"car\", \"wait\": {\"signal\": \"signed\"}}]");
        trial.start("{}");

        trial.cancel();

        assertThat(trial.status()).isEqualTo(RunStatus.CANCELLED);
        assertUndone(trial);
    }

    @Test
    void shouldUndoWhatWasCompletedIfAnEngineCannotDecide() {
        WorkflowTrial trial = trial("[" + BOOKED + ", {\"id\": \"hotel\", \"deps\": \"car\", \"tool\": \"silent\"}]");
        trial.start("{}");

        trial.give(new Input.Fail(RunError.fault("the engine failed to decide"), null));

        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).isEqualTo(RunError.fault("the engine failed to decide"));
        assertThat(trial.run().awaited()).isEmpty();
        assertUndone(trial);
    }

    @Test
    void shouldUndoAlsoWhatTheAnswerCompletesAboutWhichAnEngineCannotDecide() {
        WorkflowTrial trial = trial("""
                [{"id": "map", "map": {"over": [1, 2], "step": {"tool": "silent"}}, "compensate": {"tool": "book"}}]
                """).start("{}");
        Input.Answer first = new Input.Answer(trial.requests().getFirst().id(), Value.of("1"), null);
        Input.Answer last = new Input.Answer(trial.requests().getLast().id(), Value.of("2"), null);
        trial.give(first);

        trial.give(new Input.Fail(RunError.fault("the engine failed to decide"), last));

        assertThat(trial.step("map").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(trial.step("map").undone()).isTrue();
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
    }

    /** Nobody says of a map that is half done which of its elements were. */
    @Test
    void shouldUndoNothingOfAMapThatIsHalfDone() {
        WorkflowTrial trial = trial("""
                [{"id": "map", "map": {"over": [1, 2], "step": {"tool": "silent"}}, "compensate": {"tool": "book"}}]
                """).start("{}");
        trial.give(new Input.Answer(trial.requests().getFirst().id(), Value.of("1"), null));

        trial.cancel();

        assertThat(trial.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(trial.requests()).extracting(Event.Request::tool).containsExactly("silent", "silent");
    }

    @Test
    void shouldUndoTheRestAndEndAsItWouldHaveIfSomethingCannotBeUndone() {
        String hotel =
                "{\"id\": \"hotel\", \"deps\": \"car\", \"tool\": \"book\", \"compensate\": {\"tool\": \"silent\"}}";
        WorkflowTrial trial = trial("[" + BOOKED + ", " + hotel
                + ", {\"id\": \"sign\", \"deps\": \"hotel\", \"wait\": {\"signal\": \"signed\"}}]");
        trial.start("{}").cancel();
        RunError error = new RunError(RunError.RUNTIME, "FULL", "they do not answer", true);

        trial.give(new Input.Answer(String.valueOf(trial.step("hotel").requestId()), null, error));

        assertThat(trial.events()).contains(new Event.Undone("hotel", error));
        assertThat(trial.step("hotel").error()).isEqualTo(error);
        assertThat(trial.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(trial.run().error()).extracting(RunError::code).isEqualTo("CANCELLED");
        assertUndone(trial);
    }

    @Test
    void shouldUndoTheRestIfAnEngineCannotDecideAboutWhatIsUndone() {
        String hotel =
                "{\"id\": \"hotel\", \"deps\": \"car\", \"tool\": \"book\", \"compensate\": {\"tool\": \"silent\"}}";
        WorkflowTrial trial = trial("[" + BOOKED + ", " + hotel
                + ", {\"id\": \"sign\", \"deps\": \"hotel\", \"wait\": {\"signal\": \"signed\"}}]");
        trial.start("{}").cancel();
        assertThat(trial.run().undoing()).isEqualTo("hotel");

        trial.give(new Input.Fail(RunError.fault("the engine failed to decide"), null));

        assertThat(trial.step("hotel").error()).isEqualTo(RunError.fault("the engine failed to decide"));
        assertThat(trial.status()).isEqualTo(RunStatus.CANCELLED);
        assertUndone(trial);
    }

    @Test
    void shouldBoundARetriedRunAsItsStartWasBounded() {
        String source = "[{\"id\": \"a\", \"tool\": \"silent\"}]";
        Event.Origin nobody = new Event.Origin(null, null, null, 0);
        WorkflowTrial trial = new WorkflowTrial(source);
        trial.give(new Input.Start(source, Value.of("{}"), nobody, 2_000L, List.of()));
        trial.pass(Duration.ofSeconds(10));
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);

        trial.give(new Input.Retry("me")).pass(Duration.ofMillis(1_900));

        assertThat(trial.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(trial.pass(Duration.ofMillis(200)).status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).matches(error -> error.code().equals("RUN_TIMEOUT"));
    }
}
