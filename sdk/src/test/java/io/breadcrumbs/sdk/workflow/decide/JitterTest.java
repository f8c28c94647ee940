package io.breadcrumbs.sdk.workflow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.testkit.workflow.FakeTool;
import io.breadcrumbs.sdk.testkit.workflow.RunReplay;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Place;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.Run;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pauses between attempts, where a part of them is left to chance: C7. */
class JitterTest {

    private static final Plans PLANS = new Plans(new CelConditions());
    private static final Facts FACTS = new Facts(1_000_000, 0, (_, _) -> null);
    private static final RunError FAILURE = new RunError(RunError.RUNTIME, "FLAKY", "it failed", true);
    private static final int RUNS = 500;

    private static String flaky(double jitter) {
        return """
                {"id": "s", "tool": "flaky",
                 "retry": {"attempts": 4, "backoff": "10s", "factor": 2, "max": "30s", "jitter": %s}}
                """.formatted(jitter);
    }

    /** What the run waits before its second, third and fourth attempt, in milliseconds. */
    private static List<Long> pauses(String runId, double jitter) {
        Run run = new Run(runId, PLANS);
        Event.Origin nobody = new Event.Origin(null, null, null, 0);
        Decider.decide(run, new Input.Start(flaky(jitter), Value.of("{}"), nobody, null, List.of()), FACTS);
        List<Long> pauses = new ArrayList<>();
        long now = FACTS.now();
        for (int attempt = 1; attempt < 4; attempt++) {
            String request = String.valueOf(run.step("s").requestId());
            Decision failed = Decider.decide(
                    run, new Input.Answer(request, null, FAILURE), new Facts(now, attempt, FACTS.tools()));
            long retryAt = ((Event.AttemptFailed) failed.events().getFirst()).retryAt();
            pauses.add(retryAt - now);
            now = retryAt;
            Timer again = new Timer(Timer.Kind.RETRY, Place.of("s"), attempt, retryAt);
            Decider.decide(run, new Input.Fire(again), new Facts(now, attempt, FACTS.tools()));
        }
        return pauses;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 1})
    void shouldStayWithinItsBoundsAndReachBothEnds(double jitter) {
        List<List<Long>> all = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            all.add(pauses("r" + i, jitter));
        }

        long[] most = {10_000, 20_000, 30_000};
        for (int attempt = 0; attempt < most.length; attempt++) {
            int one = attempt;
            long whole = most[attempt];
            long least = Math.round(whole * (1 - jitter));
            List<Long> pauses = all.stream().map(run -> run.get(one)).toList();
            assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(least, whole));
            long spread = whole - least;
            assertThat(pauses.stream().filter(pause -> pause < least + spread / 4))
                    .as("near the shortest, of %d", RUNS)
                    .hasSizeBetween(RUNS / 8, RUNS * 3 / 8);
            assertThat(pauses.stream().filter(pause -> pause > whole - spread / 4))
                    .as("near the longest, of %d", RUNS)
                    .hasSizeBetween(RUNS / 8, RUNS * 3 / 8);
        }
    }

    /** Many runs that fail together do not come back together, and none keeps to its share for good. */
    @Test
    void shouldDifferBetweenRunsAndBetweenAttempts() {
        List<Long> firsts = new ArrayList<>();
        int same = 0;
        for (int i = 0; i < RUNS; i++) {
            List<Long> pauses = pauses("order-" + i, 0.5);
            firsts.add(pauses.getFirst());
            double first = pauses.get(0) / 10_000.0;
            double second = pauses.get(1) / 20_000.0;
            same += Math.abs(first - second) < 0.01 ? 1 : 0;
        }

        assertThat(new HashSet<>(firsts)).hasSizeGreaterThan(RUNS * 9 / 10);
        assertThat(same).as("runs whose second pause has the first one's share").isLessThan(RUNS / 10);
    }

    @Test
    void shouldDecideTheSameAgainWhoeverDecides() {
        assertThat(pauses("r", 0.5)).isEqualTo(pauses("r", 0.5)).isNotEqualTo(pauses("r", 0));

        WorkflowTrial trial = new WorkflowTrial(flaky(0.5))
                .with("flaky", FakeTool.failing(3, input -> input))
                .start("{}")
                .pass(Duration.ofHours(1));
        assertThat(RunReplay.of(trial.history()).differences()).isEmpty();
    }

    /** An engine that would draw otherwise goes by what the journal has. */
    @Test
    void shouldGoByWhatIsJournalled() {
        Run run = new Run("r", PLANS);
        Event.Origin nobody = new Event.Origin(null, null, null, 0);
        Decider.decide(run, new Input.Start(flaky(0.5), Value.of("{}"), nobody, null, List.of()), FACTS);
        long journalled = FACTS.now() + 12_345_678;

        run.apply(new Event.AttemptFailed(Place.of("s"), 1, FAILURE, journalled), FACTS.now());

        Timer retry = new Timer(Timer.Kind.RETRY, Place.of("s"), 1, journalled);
        assertThat(run.timers()).containsExactly(retry);
        Facts then = new Facts(journalled, 0, FACTS.tools());
        assertThat(Decider.decide(run, new Input.Fire(retry), then).events())
                .singleElement()
                .isInstanceOf(Event.Asked.class);
    }
}
