package io.breadcrumbs.local.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.requirements.Stand.Told;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.breadcrumbs.sdk.workflow.run.StepStatus;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The requirements of workflows, by their numbers. C9 with a tool in another process is {@link RemoteCancelIT}; C10,
 * that no kill loses or repeats anything, is {@link io.breadcrumbs.local.kill.engines}; C17, why a run does not move,
 * is {@code WhyTest}.
 */
@Timeout(180)
class WorkflowRequirementsIT {

    @TempDir
    static Path data;

    private static Stand stand;

    @BeforeAll
    static void start() throws Exception {
        stand = new Stand(data.resolve("data"));
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static Told run(String id, String definition) throws Exception {
        return stand.run(id, definition, "{}");
    }

    private static String give(String step, String key, String more) {
        return "{\"id\": \"" + step + "\", \"tool\": \"give\", \"input\": {\"key\": \"" + key + "\"}" + more + "}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    step     | {"id": "a", "tool": "give", "input": {"key": "k"}}
                    list     | [{"id": "a", "tool": "give", "input": {"key": "k"}}]
                    workflow | {"name": "w", "steps": [{"id": "a", "tool": "give", "input": {"key": "k"}}]}
                    """)
    void c1RunsAStepAListAndAWorkflow(String form, String definition) throws Exception {
        Told told = run("c1-" + form, definition);

        assertThat(told.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(told.output()).isEqualTo("{\"a\":{\"key\":\"k\"}}");
    }

    @Test
    void c2RunsStepsThatNeedNothingAtOnce() throws Exception {
        Told told = run("c2", """
                [{"id": "a", "tool": "timer", "input": {"seconds": 1}},
                 {"id": "b", "tool": "timer", "input": {"seconds": 1}},
                 {"id": "c", "tool": "give", "input": {"key": "{a.output.waited}{b.output.waited}"}}]
                """);

        assertThat(told.run().status()).isEqualTo(RunStatus.COMPLETED);
        int firstDone = told.events().indexOf(told.all(Event.Completed.class).getFirst());
        assertThat(told.events().subList(0, firstDone))
                .filteredOn(Event.Asked.class::isInstance)
                .hasSize(2);
        assertThat(told.asked()).containsExactly("a", "b", "c");
    }

    @Test
    void c3PassesValuesOnAsTheyAreAndParsesNothingTwice() throws Exception {
        Told told = stand.run("c3", """
                {"output": {"all": "{a.output}", "text": "<{a.output.key}>", "number": "{input.list[1].n}"},
                 "steps": [{"id": "a", "tool": "give", "input": {"key": "{input.odd}"}}]}
                """, """
                {"odd": "say \\"hi\\" to ${x} and {a.output} for $& \\\\ {\\"json\\": 1}", "list": [0, {"n": 17.50}]}
                """);

        assertThat(told.output()).isEqualTo("""
                {"all":{"key":"say \\"hi\\" to ${x} and {a.output} for $& \\\\ {\\"json\\": 1}"},\
                "text":"<say \\"hi\\" to ${x} and {a.output} for $& \\\\ {\\"json\\": 1}>","number":17.50}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UNKNOWN_DEP  | [{"id": "a", "tool": "give", "deps": "gone"}]
                    CYCLE        | [{"id": "a", "tool": "give", "deps": "b"}, {"id": "b", "tool": "give", "deps": "a"}]
                    DUPLICATE_ID | [{"id": "a", "tool": "give"}, {"id": "a", "tool": "give"}]
                    NO_TOOL      | [{"id": "a"}]
                    NO_TASK      | [{"id": "a", "role": "author"}]
                    SELF_DEP     | [{"id": "a", "tool": "give", "deps": "a"}]
                    BAD_TEMPLATE | [{"id": "a", "tool": "give", "input": {"key": "${gone.output}"}}]
                    """)
    void c4BeginsNothingOfADefinitionWithFaultsAndNamesThem(String code, String definition) throws Exception {
        Told told = run("c4-" + code, definition);

        assertThat(told.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(told.asked()).isEmpty();
        assertThat(String.valueOf(told.run().error())).contains(code).contains("step a");
    }

    @Test
    void c5AddsTwoRandomNumbers() throws Exception {
        Told told = run("c5", """
                {"output": {"a": "{a.output.numbers[0]}", "b": "{b.output.numbers[0]}", "sum": "{add.output.result}"},
                 "steps": [
                  {"id": "a", "tool": "random", "input": {"min": 1, "max": 10}},
                  {"id": "b", "tool": "random", "input": {"min": 1, "max": 10}},
                  {"id": "add", "tool": "calculator",
                   "input": {"expression": "${a.numbers[0]} + ${b.numbers[0]}"}}]}
                """);

        int[] numbers = java.util.regex.Pattern.compile("\\d+")
                .matcher(told.output())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group()))
                .toArray();
        assertThat(numbers).hasSize(3);
        assertThat(numbers[0] + numbers[1]).isEqualTo(numbers[2]);
    }

    @ParameterizedTest
    @CsvSource({"stop, FAILED, CANCELLED", "continue, PARTIAL, COMPLETED"})
    void c6BlocksWhatNeedsAFailedStep(String onError, RunStatus ends, StepStatus other) throws Exception {
        Told told = run("c6-" + onError, """
                {"onError": "ON", "steps": [
                  {"id": "a", "tool": "give", "input": {"key": "a"}},
                  {"id": "bad", "tool": "brittle", "input": {"key": "c6 {a.output.key}"}},
                  {"id": "after", "tool": "give", "deps": "bad", "input": {"key": "x"}},
                  {"id": "other", "tool": "timer", "input": {"seconds": 1}}]}
                """.replace("ON", onError));

        assertThat(told.run().status()).isEqualTo(ends);
        assertThat(told.run().step("bad").status()).isEqualTo(StepStatus.FAILED);
        assertThat(told.run().step("after").status()).isIn(StepStatus.BLOCKED, StepStatus.CANCELLED);
        assertThat(told.run().step("other").status()).isEqualTo(other);
        assertThat(told.asked()).doesNotContain("after");
    }

    @Test
    void c7TriesAFlakyToolAgainAndShowsItsAttempts() throws Exception {
        Told told = run("c7", """
                [{"id": "a", "tool": "flaky", "input": {"key": "c7"},
                  "retry": {"attempts": 3, "backoff": "20ms", "on": ["runtime"]}}]
                """);

        assertThat(told.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(told.run().step("a").attempt()).isEqualTo(3);
        assertThat(told.all(Event.AttemptFailed.class))
                .extracting(failed -> failed.error().message())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("not yet"));
    }

    @Test
    void c8EndsAStepInTimeWhoseToolNobodyServes() throws Exception {
        Told told = run("c8-step", "[{\"id\": \"a\", \"tool\": \"nobody\", \"timeout\": \"2s\"}]");

        assertThat(told.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(String.valueOf(told.run().error())).contains("nobody");
    }

    @Test
    void c8EndsARunInTimeAndStopsWhatRuns() throws Exception {
        Told told = run("c8-run", """
                {"timeout": "1s", "steps": [{"id": "a", "tool": "hang", "input": {"key": "c8"}}]}
                """);

        assertThat(told.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(told.run().error())
                .isNotNull()
                .satisfies(error -> assertThat(error.kind()).isEqualTo("timeout"));
        Patience.await("the tool is stopped", () -> StandTools.INTERRUPTED.contains("c8"));
    }

    @Test
    void c9CancelsARunAndStopsItsTools() throws Exception {
        stand.start("c9", "[{\"id\": \"a\", \"tool\": \"hang\", \"input\": {\"key\": \"c9\"}}]", "{}");
        Patience.await("the tool runs", () -> StandTools.EXECUTED.containsKey("c9"));

        stand.runs.cancel("c9", "no longer wanted").get();

        Told told = stand.untilOver("c9");
        assertThat(told.run().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(told.all(Event.Ended.class)).hasSize(1);
        Patience.await("the tool is stopped", () -> StandTools.INTERRUPTED.contains("c9"));
    }

    @Test
    void c11GoesOnWhereARunFailed() throws Exception {
        Told failed = run("c11", """
                [{"id": "a", "tool": "give", "input": {"key": "c11 a"}},
                 {"id": "b", "tool": "brittle", "input": {"key": "c11 {a.output.key}"}},
                 {"id": "c", "tool": "give", "input": {"key": "{b.output.key}"}}]
                """);
        assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);

        StandTools.MENDED.add("c11 c11 a");
        stand.runs.retry("c11").get();

        Told told = stand.until("c11", now -> now.run().status() == RunStatus.COMPLETED);
        assertThat(told.asked()).containsExactly("a", "b", "b", "c");
        assertThat(StandTools.EXECUTED).containsEntry("c11 a", 1);
    }

    @Test
    void c11BeginsNoStepOfAPausedRunUntilItIsResumed() throws Exception {
        stand.start("c11-pause", """
                [{"id": "a", "wait": {"signal": "go"}}, {"id": "b", "tool": "give", "deps": "a", "input": {"key": "p"}}]
                """, "{}");
        stand.until("c11-pause", told -> !told.all(Event.Waits.class).isEmpty());
        stand.runs.pause("c11-pause").get();
        stand.runs.signal("c11-pause", "go", null, "1").get();
        Told paused = stand.until("c11-pause", told -> told.run().step("a").status() == StepStatus.COMPLETED);
        assertThat(paused.run().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(paused.asked()).isEmpty();

        stand.runs.resume("c11-pause").get();

        assertThat(stand.untilOver("c11-pause").run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void c12TellsTheWholeHistoryInOrder() throws Exception {
        Told told = run("c12", "[" + give("a", "a", "") + "," + give("b", "{a.output.key}", "") + "]");

        assertThat(told.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Started", "Asked", "Completed", "Asked", "Completed", "Ended");
        assertThat(told.run().sequence()).isEqualTo(told.events().size());
    }

    @Test
    void c13RunsAWorkflowWithinAWorkflow() throws Exception {
        Told told = run("c13-child", """
                {"output": "{below.output}", "steps": [{"id": "below", "input": {"key": "deep"}, "workflow":
                  {"output": "{a.output.key}", "steps": [{"id": "a", "tool": "give", "input": {"key": "{input.key}"}}]}}]}
                """);

        assertThat(told.output()).isEqualTo("\"deep\"");
        assertThat(stand.untilOver("c13-child.below.1").run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void c13MapsOverAListWithABound() throws Exception {
        Told told = stand.run("c13-map", """
                {"output": "{m.output}", "steps": [{"id": "m", "map": {"over": "{input.list}", "concurrency": 2,
                  "step": {"tool": "give", "input": {"key": "{index}{item}"}}}}]}
                """, "{\"list\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}");

        assertThat(told.output()).isEqualTo("""
                [{"key":"0a"},{"key":"1b"},{"key":"2c"},{"key":"3d"},{"key":"4e"}]""");
        int open = 0;
        for (Event event : told.events()) {
            open += event instanceof Event.Asked ? 1 : 0;
            open -= event instanceof Event.Completed done && !done.at().whole() ? 1 : 0;
            assertThat(open).isBetween(0, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"2000, ask, pay", "10, pay, ask"})
    void c13TakesTheBranchThatHolds(int amount, String taken, String leftOut) throws Exception {
        Told told = stand.run("c13-choice-" + amount, """
                [{"id": "size", "choice": [{"when": "input.amount > 1000", "steps": "ask"}, {"steps": "pay"}]},
                 {"id": "ask", "tool": "give", "input": {"key": "ask"}},
                 {"id": "pay", "tool": "give", "input": {"key": "pay"}}]
                """, "{\"amount\": " + amount + "}");

        assertThat(told.run().step(taken).status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(told.run().step(leftOut).status()).isEqualTo(StepStatus.SKIPPED);
    }

    @Test
    void c13WaitsForASignalOfItsOwn() throws Exception {
        stand.start("c13-signal", """
                {"output": "{paid.output.sum}", "steps": [
                  {"id": "paid", "wait": {"signal": "payment", "correlation": "{input.order}"}}]}
                """, "{\"order\": 17}");
        stand.until("c13-signal", told -> !told.all(Event.Waits.class).isEmpty());

        stand.runs.signal("c13-signal", "payment", "18", "{\"sum\": 1}").get();
        stand.runs.signal("c13-signal", "payment", "17", "{\"sum\": 2}").get();

        assertThat(stand.untilOver("c13-signal").output()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"approve, COMPLETED", "reject, FAILED", "change, COMPLETED", "expire, FAILED"})
    void c13AsksSomebody(String verdict, RunStatus ends) throws Exception {
        String id = "c13-approval-" + verdict;
        stand.start(id, """
                {"output": "{ok.output}", "steps": [
                  {"id": "ok", "approval": {"title": "Pay?", "show": {"sum": 5}, "expires": "EXPIRES"}}]}
                """.replace("EXPIRES", "expire".equals(verdict) ? "300ms" : "1d"), "{}");
        stand.until(id, told -> !told.all(Event.Waits.class).isEmpty());

        switch (verdict) {
            case "approve" -> stand.runs.approve(id, "ok", null).get();
            case "change" -> stand.runs.approve(id, "ok", "{\"sum\": 4}").get();
            case "reject" -> stand.runs.reject(id, "ok").get();
            default -> {} // it expires
        }

        Told told = stand.untilOver(id);
        assertThat(told.run().status()).isEqualTo(ends);
        if ("change".equals(verdict)) {
            assertThat(told.output()).contains("4");
        }
    }

    @Test
    void c13Sleeps() throws Exception {
        Told told =
                run("c13-sleep", "[{\"id\": \"a\", \"wait\": \"200ms\"}," + give("b", "b", ", \"deps\": \"a\"") + "]");

        assertThat(told.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(told.run().step("a").endedAt() - told.run().step("a").startedAt())
                .isGreaterThanOrEqualTo(200);
    }

    @Test
    void c14StartsARunOnceHoweverOftenItIsAsked() throws Exception {
        String definition = "[" + give("a", "c14", "") + "]";
        for (int i = 0; i < 5; i++) {
            stand.start("c14", definition, "{}");
        }

        Told told = stand.untilOver("c14");
        assertThat(told.all(Event.Started.class)).hasSize(1);
        assertThat(StandTools.EXECUTED).containsEntry("c14", 1);
    }

    @Test
    void c15KeepsAThousandRunsApart() throws Exception {
        String definition = """
                {"output": "{b.output.key}", "steps": [
                  {"id": "a", "tool": "give", "input": {"key": "{input.n}"}},
                  {"id": "b", "tool": "give", "input": {"key": "{run.id}/{a.output.key}"}}]}
                """;
        for (int n = 0; n < 1_000; n++) {
            stand.start("c15-" + n, definition, "{\"n\": \"n" + n + "\"}");
        }

        for (int n : List.of(0, 1, 499, 998, 999)) {
            assertThat(stand.untilOver("c15-" + n).output()).isEqualTo("\"c15-" + n + "/n" + n + "\"");
        }
        Patience.await(
                "all have executed both steps",
                () -> IntStream.range(0, 1_000).allMatch(n -> StandTools.EXECUTED.containsKey("c15-" + n + "/n" + n)));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "10000, 100"})
    void c16RunsAThousandStepsAtOnceAndTenThousandInAll(int steps, int atOnce) throws Exception {
        String definition = IntStream.range(0, steps)
                .mapToObj(i -> "{\"id\":\"s" + i + "\",\"tool\":\"nil\""
                        + (i < atOnce ? "}" : ",\"deps\":\"s" + (i - atOnce) + "\"}"))
                .collect(Collectors.joining(",", "{\"output\": \"done\", \"steps\": [", "]}"));
        long began = System.nanoTime();

        Told told = run("c16-" + steps, definition);

        assertThat(told.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(told.asked()).hasSize(steps);
        System.out.printf(
                "%d steps, %d at once: %d ms, heap in use %d MB%n",
                steps,
                atOnce,
                (System.nanoTime() - began) / 1_000_000,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }
}
