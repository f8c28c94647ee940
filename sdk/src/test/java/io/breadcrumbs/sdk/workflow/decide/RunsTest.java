package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.FakeFailure;
import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs of tools, from C2 to C11. */
class RunsTest {

    private static final String THREE_TOOLS = """
            {"steps": [
              {"id": "a", "tool": "random", "input": {"min": 1}},
              {"id": "b", "tool": "random"},
              {"id": "sum", "tool": "calculator", "input": {"expression": "${a.n} + ${b.n}"}}]}
            """;

    private static final FakeTool ECHO = input -> input;

    @Test
    void shouldRunStepsAtOnceThatNeedNothingOpen() {
        // When
        WorkflowTrial trial = new WorkflowTrial(THREE_TOOLS).start("{}");

        // Then
        assertThat(trial.requests()).extracting(Event.Request::tool).containsExactly("random", "random");
        assertThat(trial.step("sum").status()).isEqualTo(StepStatus.PENDING);
    }

    @Test
    void shouldBeginAStepWhileOthersAreOpenThatItDoesNotNeed() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "ta"}, {"id": "b", "tool": "tb"},
                         {"id": "c", "tool": "tc", "deps": "a"}, {"id": "d", "tool": "td", "deps": "b"}]
                        """).start("{}");

        // When
        answer(trial, "a");

        // Then
        assertThat(trial.requests()).extracting(Event.Request::tool).containsExactly("ta", "tb", "tc");
        assertThat(trial.step("b").status()).isEqualTo(StepStatus.RUNNING);
        assertThat(trial.step("d").status()).isEqualTo(StepStatus.PENDING);
    }

    @Test
    void shouldGiveOutputsToTheStepsThatReferToThem() throws Exception {
        // When
        WorkflowTrial trial = new WorkflowTrial(THREE_TOOLS)
                .with("random", FakeTool.giving(Json.parse("{\"n\": 7}")))
                .with("calculator", ECHO)
                .start("{}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.output()).hasToString("{\"sum\":{\"expression\":\"7 + 7\"}}");
    }

    @Test
    void shouldNeverParseAnOutputAsATemplate() throws Exception {
        // Given
        Json nasty = Json.parse("{\"text\": \"quotes \\\" and ${b.n} and {b.output} and $& and \\\\\"}");

        // When
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "nasty"}, {"id": "b", "tool": "echo", "input": "${a}"},
                         {"id": "c", "tool": "echo", "input": "so: ${b.text}"}]
                        """)
                .with("nasty", FakeTool.giving(nasty))
                .with("echo", ECHO)
                .start("{}");

        // Then
        assertThat(trial.step("b").output()).hasToString(nasty.toString());
        assertThat(trial.output())
                .isEqualTo(Json.parse("{\"c\": \"so: quotes \\\" and ${b.n} and {b.output} and $& and \\\\\"}"));
    }

    @Test
    void shouldBlockWhatDependsOnAFailedStepAndStop() {
        // When
        WorkflowTrial trial = failingInTheMiddle("stop");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.step("bad").status()).isEqualTo(StepStatus.FAILED);
        assertThat(trial.step("after").status()).isEqualTo(StepStatus.BLOCKED);
        assertThat(trial.step("slow").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(trial.run().error()).extracting("message").isEqualTo("step bad: it is bad");
    }

    @Test
    void shouldGoOnBesideAFailedStepIfAsked() {
        // When
        WorkflowTrial trial = failingInTheMiddle("continue");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(trial.step("after").status()).isEqualTo(StepStatus.BLOCKED);
        answer(trial, "slow");
        assertThat(trial.status()).isEqualTo(RunStatus.PARTIAL);
    }

    private static WorkflowTrial failingInTheMiddle(String onError) {
        return new WorkflowTrial("""
                        {"onError": "%s", "steps": [
                          {"id": "slow", "tool": "never"},
                          {"id": "bad", "tool": "bad"},
                          {"id": "after", "tool": "echo", "deps": ["bad", "slow"]}]}
                        """.formatted(onError))
                .with("bad", _ -> {
                    throw FakeFailure.lasting("it is bad");
                })
                .with("echo", ECHO)
                .start("{}");
    }

    /** The tool of a step answers at last. */
    private static void answer(WorkflowTrial trial, String step) {
        String request = trial.step(step).requestId();
        assertThat(request).isNotNull();
        trial.give(new Input.Answer(String.valueOf(request), null, null));
    }

    @Test
    void shouldRetryWithGrowingPauses() {
        // Given
        WorkflowTrial trial =
                new WorkflowTrial("""
                        {"id": "flaky", "tool": "flaky",
                         "retry": {"attempts": 3, "backoff": "1h", "factor": 2, "max": "1d", "jitter": 0}}
                        """).with("flaky", FakeTool.failing(2, ECHO)).start("{}");

        // When
        trial.pass(Duration.ofHours(2));

        // Then
        assertThat(trial.step("flaky").status()).isEqualTo(StepStatus.RETRYING);
        assertThat(trial.step("flaky").attempt()).isEqualTo(2);
        trial.pass(Duration.ofHours(1));
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.requests()).extracting(Event.Request::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotRetryWhatWillFailAgain() {
        // When
        WorkflowTrial trial = new WorkflowTrial("{\"id\": \"bad\", \"tool\": \"bad\", \"retry\": 3}")
                .with("bad", _ -> {
                    throw FakeFailure.lasting("never");
                })
                .start("{}");

        // Then
        assertThat(trial.requests()).hasSize(1);
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldNameWhatGaveNoAnswerInTime() {
        // When
        WorkflowTrial trial = new WorkflowTrial("{\"id\": \"a\", \"tool\": \"nobodys\", \"timeout\": \"1m\"}")
                .start("{}")
                .pass(Duration.ofMinutes(1));

        // Then
        assertThat(trial.run().error())
                .hasToString("RunError[kind=timeout, code=NO_ANSWER, "
                        + "message=step a: tool 'nobodys' gave no answer within PT1M, retryable=true]");
    }

    @Test
    void shouldIgnoreAnAnswerThatComesAfterItsTimeout() {
        // Given
        WorkflowTrial trial =
                new WorkflowTrial("{\"id\": \"a\", \"tool\": \"slow\", \"timeout\": \"1m\", \"retry\": 2}").start("{}");
        String first = String.valueOf(trial.step("a").requestId());
        trial.pass(Duration.ofMinutes(5));
        assertThat(trial.requests()).hasSize(2);

        // When
        trial.give(new Input.Answer(first, null, null));

        // Then
        assertThat(trial.events().getLast()).isInstanceOf(Event.Ignored.class);
    }

    @Test
    void shouldEndARunThatIsNotOverInItsTime() {
        // When
        WorkflowTrial trial = new WorkflowTrial("""
                        {"timeout": "10s", "steps": {"id": "a", "tool": "nobodys"}}
                        """).start("{}").pass(Duration.ofMinutes(1));

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.requests().getFirst().deadline() - trial.run().startedAt())
                .as("the deadline is inherited")
                .isEqualTo(10_000);
        assertThat(trial.events()).filteredOn(Event.Ended.class::isInstance).hasSize(1);
    }

    @Test
    void shouldCancelAtOnceAndOnce() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(THREE_TOOLS).start("{}");

        // When
        trial.cancel().cancel();

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(trial.run().awaited()).isEmpty();
        assertThat(trial.events()).filteredOn(Event.Ended.class::isInstance).hasSize(1);
        assertThat(trial.events().getLast()).isInstanceOf(Event.Rejected.class);
    }

    @Test
    void shouldIgnoreAnAnswerThatComesAfterACancel() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(THREE_TOOLS).start("{}");
        String late = String.valueOf(trial.step("a").requestId());
        trial.cancel();

        // When
        trial.give(new Input.Answer(late, Value.of("{\"n\": 7}"), null));

        // Then
        assertThat(trial.events().getLast()).isInstanceOf(Event.Ignored.class);
        assertThat(trial.events()).filteredOn(Event.Ended.class::isInstance).hasSize(1);
        assertThat(trial.step("a").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(trial.step("a").output()).isNull();
    }

    @Test
    void shouldUndoWhatWasCompletedInReverse() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "car", "tool": "book", "compensate": {"tool": "cancel", "input": "${car.what}"},
                          "input": {"what": "car"}},
                         {"id": "hotel", "tool": "book", "deps": "car",
                          "compensate": {"tool": "cancel", "input": "${hotel.what}"}, "input": {"what": "hotel"}},
                         {"id": "flight", "tool": "full", "deps": "hotel"}]
                        """)
                .with("book", ECHO)
                .with("cancel", ECHO)
                .with("full", _ -> {
                    throw FakeFailure.lasting("no seats");
                });

        // When
        trial.start("{}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.requests())
                .filteredOn(request -> request.tool().equals("cancel"))
                .extracting(request -> request.input().toString())
                .containsExactly("\"hotel\"", "\"car\"");
        trial.give(new Input.Retry("me"));
        assertThat(trial.events().getLast())
                .isInstanceOfSatisfying(
                        Event.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("UNDONE"));
    }

    @Test
    void shouldDeleteWhatWasOnlyRejectedWhenItsTimeIsOver() {
        WorkflowTrial trial = new WorkflowTrial("[{\"tool\": \"echo\"}]");
        Event.Rejected no = new Event.Rejected("NO_RUN", "there is no such run");

        trial.give(new Input.Delete(null));
        trial.give(new Input.Delete("me"));
        trial.give(new Input.Delete(null));

        assertThat(trial.events()).containsExactly(no, no, new Event.Deleted(null));
    }

    @Test
    void shouldDeleteOnlyWhatIsOver() {
        WorkflowTrial trial = new WorkflowTrial("[{\"id\": \"a\", \"tool\": \"later\"}]").start("{}");

        trial.give(new Input.Delete("me"));
        assertThat(trial.events().getLast())
                .isInstanceOfSatisfying(
                        Event.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("NOT_OVER"));
        trial.cancel();
        trial.give(new Input.Delete("me"));

        assertThat(trial.events().getLast()).isEqualTo(new Event.Deleted("me"));
    }

    @Test
    void shouldDeleteWhatCouldNotBegin() {
        WorkflowTrial trial = new WorkflowTrial("[]").start("{}");
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);

        trial.give(new Input.Delete(null));

        assertThat(trial.events().getLast()).isEqualTo(new Event.Deleted(null));
    }

    @Test
    void shouldGoOnWhereItFailed() {
        // Given
        FakeTool[] mended = {
            _ -> {
                throw FakeFailure.lasting("broken");
            }
        };
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "echo"}, {"id": "b", "tool": "mended", "deps": "a"},
                         {"id": "c", "tool": "echo", "deps": "b"}]
                        """)
                .with("echo", ECHO)
                .with("mended", input -> mended[0].execute(input))
                .start("{}");
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        mended[0] = ECHO;

        // When
        trial.give(new Input.Retry("me"));

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.requests())
                .extracting(Event.Request::tool)
                .containsExactly("echo", "mended", "mended", "echo");
        assertThat(trial.step("b").attempt()).isEqualTo(2);
    }

    @Test
    void shouldStartNothingWhilePaused() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "never"}, {"id": "b", "tool": "echo", "deps": "a"}]
                        """).with("echo", ECHO).start("{}");
        trial.give(new Input.Pause("me"));

        // When
        answer(trial, "a");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.PAUSED);
        assertThat(trial.step("b").status()).isEqualTo(StepStatus.PENDING);
        trial.give(new Input.Resume("me"));
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldStartOnce() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(THREE_TOOLS).start("{}");
        int before = trial.requests().size();

        // When
        trial.start("{}");

        // Then
        assertThat(trial.requests()).hasSize(before);
        assertThat(trial.events().getLast()).isInstanceOf(Event.Ignored.class);
    }

    @Test
    void shouldEndARunWhoseDefinitionHasFaults() {
        // When
        WorkflowTrial trial = new WorkflowTrial("[{\"id\": \"a\"}]").start("{}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).extracting("code").isEqualTo("BAD_DEFINITION");
    }

    @Test
    void shouldGiveACompleteHistory() {
        // When
        WorkflowTrial trial = new WorkflowTrial("[{\"id\": \"a\", \"tool\": \"echo\"}]")
                .with("echo", ECHO)
                .start("{\"x\": 1}");

        // Then
        assertThat(trial.events().stream().<Class<?>>map(Event::getClass).toList())
                .isEqualTo(List.of(Event.Started.class, Event.Asked.class, Event.Completed.class, Event.Ended.class));
    }
}
