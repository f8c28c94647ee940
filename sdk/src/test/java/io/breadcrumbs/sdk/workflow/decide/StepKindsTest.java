package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.workflow.FakeFailure;
import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Step kinds other than tools: C13, and sizes: C16. */
class StepKindsTest {

    private static final FakeTool ECHO = input -> input;

    private static final String DOUBLING = """
            {"steps": [{"id": "all", "map": {"over": "{input.list}", "concurrency": 2,
              "step": {"tool": "double", "input": {"n": "{item}", "at": "{index}"}}}}], "output": "{all.output}"}
            """;

    @Test
    void shouldDoTheSameForEachElementInOrder() throws Exception {
        // When
        WorkflowTrial trial = new WorkflowTrial(DOUBLING).with("double", ECHO).start("{\"list\": [7, \"x\", null]}");

        // Then
        assertThat(trial.output())
                .isEqualTo(Json.parse("[{\"n\":7,\"at\":0},{\"n\":\"x\",\"at\":1},{\"n\":null,\"at\":2}]"));
    }

    @Test
    void shouldKeepToTheConcurrencyOfAMap() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(DOUBLING).start("{\"list\": [1, 2, 3, 4]}");
        assertThat(trial.requests()).hasSize(2);

        // When
        trial.give(new Input.Answer(trial.requests().get(1).id(), Value.of("1"), null));

        // Then
        assertThat(trial.requests()).hasSize(3);
    }

    @Test
    void shouldCompleteAMapOverNothing() {
        assertThat(new WorkflowTrial(DOUBLING).start("{\"list\": []}").output()).hasToString("[]");
    }

    @Test
    void shouldFailAMapWithOneOfItsElements() {
        // When
        WorkflowTrial trial = new WorkflowTrial(DOUBLING)
                .with("double", input -> {
                    if (input.toString().contains("\"n\":2")) {
                        throw FakeFailure.lasting("no twos");
                    }
                    return input;
                })
                .start("{\"list\": [1, 2, 3]}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).extracting("message").isEqualTo("step all: element 1: no twos");
        assertThat(trial.run().awaited()).isEmpty();
    }

    @Test
    void shouldNotRepeatCompletedElementsWhenARunIsRetried() {
        // Given
        AtomicInteger twos = new AtomicInteger();
        WorkflowTrial trial = new WorkflowTrial(DOUBLING)
                .with("double", input -> {
                    if (input.toString().contains("\"n\":2") && twos.getAndIncrement() == 0) {
                        throw FakeFailure.lasting("not yet");
                    }
                    return input;
                })
                .start("{\"list\": [1, 2, 3]}");
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);

        // When
        trial.give(new Input.Retry("me"));

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.requests())
                .filteredOn(request -> request.input().toString().contains("\"n\":1"))
                .hasSize(1);
    }

    @Test
    void shouldWaitForAChildRun() {
        // When
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "child", "workflow": "greet", "input": {"name": "${input.name}"}}]
                        """)
                .withWorkflow("greet", """
                        {"steps": [{"id": "say", "tool": "echo", "input": "hello ${input.name}"}], "output": "${say}"}
                        """)
                .with("echo", ECHO)
                .start("{\"name\": \"Ada\"}");

        // Then
        assertThat(trial.output()).hasToString("{\"child\":\"hello Ada\"}");
        assertThat(trial.run("run.child.1").origin().depth()).isEqualTo(1);
    }

    @Test
    void shouldEndWorkflowsThatCallThemselvesForEver() {
        // When
        WorkflowTrial trial = new WorkflowTrial("{\"id\": \"again\", \"workflow\": \"self\"}")
                .withWorkflow("self", "{\"id\": \"again\", \"workflow\": \"self\"}")
                .start("{}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
        assertThat(trial.run().error()).extracting("code").isEqualTo("TOO_DEEP");
    }

    @Test
    void shouldCancelChildrenWithTheirParent() {
        // Given
        WorkflowTrial trial = new WorkflowTrial(
                        "{\"id\": \"child\", \"workflow\": {\"id\": \"a\", \"tool\": \"never\"}}")
                .start("{}");

        // When
        trial.cancel();

        // Then
        assertThat(trial.run("run.child.1").status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void shouldTakeOneBranchAndLeaveOutTheOthers() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        {"steps": [
                          {"id": "which", "choice": [
                            {"when": "input.n > 10", "steps": ["large"]}, {"steps": ["small", "smaller"]}]},
                          {"id": "large", "tool": "echo", "input": "large"},
                          {"id": "small", "tool": "echo", "input": "small"},
                          {"id": "smaller", "tool": "echo", "input": "${small}"},
                          {"id": "afterLarge", "tool": "echo", "input": 1, "deps": "large"},
                          {"id": "join", "tool": "echo", "input": ["${large}", "${small}"]}],
                         "output": "${join}"}
                        """).with("echo", ECHO);

        // When
        trial.start("{\"n\": 3}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.output()).hasToString("[null,\"small\"]");
        assertThat(trial.step("large").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(trial.step("afterLarge").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(trial.step("smaller").status()).isEqualTo(StepStatus.COMPLETED);
    }

    @Test
    void shouldLeaveOutAStepWhoseConditionDoesNotHold() {
        // When
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "echo", "input": {"n": 4}},
                         {"id": "b", "tool": "echo", "when": "a.output.n > 4"},
                         {"id": "c", "tool": "echo", "when": "a.output.m > 4"}]
                        """).with("echo", ECHO).start("{}");

        // Then
        assertThat(trial.step("b").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(trial.step("c").error()).extracting("code").isEqualTo("CONDITION");
        assertThat(trial.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldGoOnBehindAFailureThatIsToBeIgnored() {
        // When
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "a", "tool": "bad", "onError": "ignore"}, {"id": "b", "tool": "echo", "input": "${a.x}"}]
                        """)
                .with("bad", _ -> {
                    throw FakeFailure.lasting("bad");
                })
                .with("echo", ECHO)
                .start("{}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.output()).hasToString("{\"b\":null}");
    }

    @Test
    void shouldSleep() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "nap", "wait": {"for": "30d"}}, {"id": "then", "tool": "echo", "deps": "nap"}]
                        """).with("echo", ECHO).start("{}");

        // When
        trial.pass(Duration.ofDays(29));

        // Then
        assertThat(trial.step("nap").status()).isEqualTo(StepStatus.WAITING);
        trial.pass(Duration.ofDays(1));
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldSleepUntilATime() {
        WorkflowTrial trial = new WorkflowTrial("{\"id\": \"nap\", \"wait\": {\"until\": \"{input.at}\"}}");
        trial.start("{}");
        assertThat(trial.run().error()).matches(error -> error.code().equals("MISSING_VALUE"));
        long soon = trial.run().endedAt() + 60_000;

        WorkflowTrial sleeping = new WorkflowTrial("{\"id\": \"nap\", \"wait\": {\"until\": \"{input.at}\"}}")
                .start("{\"at\": \"" + Instant.ofEpochMilli(soon) + "\"}")
                .pass(Duration.ofMillis(59_999));

        assertThat(sleeping.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(sleeping.pass(Duration.ofMillis(1)).status()).isEqualTo(RunStatus.COMPLETED);
    }

    /** The example of {@code docs/workflows.md}. */
    @Test
    void shouldSkipThirtyDaysAndTwoFailures() {
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "trial", "wait": {"for": "30d"}},
                         {"id": "charge", "tool": "charge", "deps": "trial", "retry": {"attempts": 3, "backoff": "1h"}}]
                        """)
                .with("charge", FakeTool.failing(2, _ -> Json.of("paid")))
                .start("{}")
                .pass(Duration.ofDays(31));
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.requests()).hasSize(3);
    }

    @Test
    void shouldTakeTheSignalItWaitsFor() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        {"id": "paid", "wait": {"signal": "payment", "correlation": "${input.order}"}}
                        """).start("{\"order\": 7}");

        // When
        trial.give(new Input.Signal("payment", Value.of("8"), Value.of("\"wrong\""), null));
        assertThat(trial.step("paid").status()).isEqualTo(StepStatus.WAITING);
        trial.give(new Input.Signal("payment", Value.of("7"), Value.of("\"right\""), null));

        // Then
        assertThat(trial.output()).hasToString("{\"paid\":\"right\"}");
    }

    @Test
    void shouldTakeASignalThatCameBefore() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("""
                        [{"id": "first", "tool": "never"}, {"id": "paid", "wait": {"signal": "payment"}, "deps": "first"}]
                        """).start("{}").signal("payment", "5");
        assertThat(trial.run().signals()).isEqualTo(1);

        // When
        trial.give(new Input.Answer(trial.requests().getFirst().id(), null, null));

        // Then
        assertThat(trial.output()).hasToString("{\"paid\":5}");
        assertThat(trial.run().signals()).isZero();
    }

    @Test
    void shouldGiveWhatWasApproved() {
        // Given
        String asking = """
                {"id": "ok", "approval": {"title": "May I?", "show": {"sum": 5}, "expires": "1d", "onExpiry": "reject"}}
                """;

        // Then
        assertThat(new WorkflowTrial(asking).start("{}").approve("ok").output()).hasToString("{\"ok\":{\"sum\":5}}");
        assertThat(new WorkflowTrial(asking).start("{}").reject("ok").status()).isEqualTo(RunStatus.FAILED);
        assertThat(new WorkflowTrial(asking)
                        .start("{}")
                        .pass(Duration.ofDays(1))
                        .status())
                .isEqualTo(RunStatus.FAILED);
        assertThat(new WorkflowTrial(asking.replace("reject", "approve"))
                        .start("{}")
                        .pass(Duration.ofDays(1))
                        .output())
                .hasToString("{\"ok\":{\"sum\":5}}");
        assertThat(new WorkflowTrial(asking)
                        .start("{}")
                        .give(new Input.Verdict("ok", true, Value.of("6"), "Ada"))
                        .output())
                .hasToString("{\"ok\":6}");
    }

    @Test
    void c13ShouldAskWhatTheTitleSaysThen() {
        // When
        WorkflowTrial trial =
                new WorkflowTrial("""
                        [{"id": "price", "tool": "echo", "input": {"sum": 5}},
                         {"id": "ok", "approval": {"title": "Pay ${price.sum} to {input.to}?"}},
                         {"id": "bad", "approval": {"title": "Pay {price.output.tax}?"}, "onError": "ignore"}]
                        """).with("echo", input -> input).start("{\"to\": \"{ada}\"}");

        // Then
        assertThat(trial.step("ok").title()).isEqualTo("Pay 5 to {ada}?");
        assertThat(trial.step("bad").error()).extracting(RunError::code).isEqualTo("MISSING_VALUE");
        assertThat(trial.approve("ok").status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldRejectAVerdictThatNobodyAskedFor() {
        // Given
        WorkflowTrial trial = new WorkflowTrial("{\"id\": \"a\", \"tool\": \"never\"}").start("{}");

        // When
        trial.approve("a").approve("nothing");

        // Then
        assertThat(trial.events().subList(2, 4)).allMatch(Event.Rejected.class::isInstance);
    }

    @Test
    void shouldAskInWindowsForAWideFan() {
        // Given
        String wide = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"t\"}")
                .collect(Collectors.joining(",", "[", "]"));
        WorkflowTrial trial = new WorkflowTrial(wide).start("{}");
        assertThat(trial.requests()).hasSize(Going.WINDOW);

        // When
        for (int i = 0; i < trial.requests().size(); i++) {
            trial.give(new Input.Answer(trial.requests().get(i).id(), Value.of("1"), null));
        }

        // Then
        assertThat(trial.requests()).hasSize(1_000);
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldDecideALongChainStepByStep() {
        // Given
        String chain = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"tool\": \"t\""
                        + (i == 0 ? "" : ", \"deps\": \"s" + (i - 1) + "\"") + "}")
                .collect(Collectors.joining(",", "[", "]"));

        // When
        WorkflowTrial trial = new WorkflowTrial(chain).with("t", ECHO).start("{}");

        // Then
        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
    }
}
