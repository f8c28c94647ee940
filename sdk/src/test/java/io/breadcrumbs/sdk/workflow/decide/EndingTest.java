package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
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
