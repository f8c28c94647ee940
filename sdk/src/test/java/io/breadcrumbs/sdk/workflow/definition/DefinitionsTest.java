package io.breadcrumbs.sdk.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.workflow.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C1 and C13: what definitions say, in every form. */
class DefinitionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'steps': [{'id': 'a', 'tool': 'echo', 'input': {'x': 1}}]}",
                "{'steps': {'id': 'a', 'tool': 'echo', 'input': {'x': 1}}}",
                "[{'id': 'a', 'tool': 'echo', 'input': {'x': 1}, 'deps': []}]",
                "{'id': 'a', 'tool': 'echo', 'input': {'x': 1}, 'deps': null, 'description': 'says it again'}",
            })
    void c1ShouldTakeAWorkflowAListOrASingleStep(String text) {
        // When
        Definition definition = Parsed.valid(text);

        // Then
        Step step = Parsed.step(definition, "a");
        assertThat(definition.steps()).containsOnlyKeys("a");
        assertThat(step.work()).isInstanceOf(Work.Tool.class);
        assertThat(((Work.Tool) step.work()).tool()).isEqualTo("echo");
        assertThat(((Work.Tool) step.work()).input()).hasToString("{\"x\":1}");
        assertThat(definition.source())
                .hasToString(text.replace('\'', '"').replace(": ", ":").replace(", ", ","));
    }

    @Test
    void c1ShouldTakeStepsOfToolsAndOfAgents() {
        // When
        Definition definition = Parsed.valid("""
                {'name': 'review', 'version': 3, 'description': 'two steps', 'onError': 'continue', 'timeout': '2h',
                 'output': {'verdict': '{check}'}, 'steps': [
                  {'id': 'write', 'role': 'author', 'task': 'Write about {input.topic}'},
                  {'id': 'check', 'tool': 'lint', 'version': 2, 'deps': 'write'}]}
                """);

        // Then
        assertThat(definition.name()).isEqualTo("review");
        assertThat(definition.onError()).isEqualTo(Definition.OnError.CONTINUE);
        assertThat(definition.timeout()).isEqualTo(Duration.ofHours(2));
        assertThat(String.valueOf(definition.output())).isEqualTo("{\"verdict\":\"{check}\"}");
        Step write = Parsed.step(definition, "write");
        Step check = Parsed.step(definition, "check");
        assertThat(write.work()).isInstanceOf(Work.Agent.class);
        assertThat(((Work.Agent) write.work()).role()).isEqualTo("author");
        assertThat(((Work.Agent) write.work()).task()).hasToString("\"Write about {input.topic}\"");
        assertThat(((Work.Tool) check.work()).version()).isEqualTo("2");
        assertThat(((Work.Tool) check.work()).input()).hasToString("{}");
        assertThat(check.needs()).containsExactly("write");
    }

    @Test
    void shouldHaveDefaults() {
        Definition definition = Parsed.valid("[{'tool': 'a'}, {'wait': '1s'}, {'approval': {'title': 'Go?'}}]");
        assertThat(definition.name()).isNull();
        assertThat(definition.onError()).isEqualTo(Definition.OnError.STOP);
        assertThat(definition.timeout()).isNull();
        assertThat(definition.output()).isNull();
        assertThat(definition.steps()).containsOnlyKeys("step1", "step2", "step3");
        assertThat(definition.steps().values()).allSatisfy(step -> {
            assertThat(step.retry()).isEqualTo(Retry.NEVER);
            assertThat(step.when()).isNull();
            assertThat(step.onFailure()).isNull();
            assertThat(step.compensate()).isNull();
            assertThat(step.needs()).isEmpty();
        });
        assertThat(definition.steps().values())
                .extracting(Step::timeout)
                .containsExactly(Duration.ofHours(1), Duration.ofDays(365), Duration.ofDays(365));
    }

    @Test
    void c3ShouldFindWhatAStepNeedsInDepsTemplatesConditionsAndChoices() {
        // When
        Definition definition = Parsed.valid(
                """
                [{'id': 'a', 'tool': 't'}, {'id': 'b', 'tool': 't'}, {'id': 'c', 'tool': 't'}, {'id': 'd-1', 'tool': 't'},
                 {'id': 'pick', 'choice': [{'when': 'a.output.n > 1', 'steps': ['all', 'one']}, {'steps': 'one'}]},
                 {'id': 'all', 'tool': 't', 'deps': ['a', 'a'], 'when': "steps['d-1'].status == 'completed'",
                  'input': {'x': ['{b.output.x}', '${c}', '{a}', '{input.y}', '{run.id}']}},
                 {'id': 'one', 'tool': 't'},
                 {'id': 'each', 'map': {'over': '{all}', 'step': {'tool': 't', 'input': {'i': '{item}', 'j': '{index}', 'b': '${b.y}'}}}},
                 {'id': 'undone', 'tool': 't', 'compensate': {'tool': 'u', 'input': {'id': '{undone.output.id}', 'also': '{a}'}}}]
                """.replace("\"steps['d-1'].status == 'completed'\"", "'steps[\\'d-1\\'].status == \\'completed\\''")
                        .replace("\\'", "\\u0022"));

        // Then
        assertThat(needs(definition, "pick")).containsExactly("a");
        assertThat(needs(definition, "all")).containsExactlyInAnyOrder("a", "b", "c", "d-1", "pick");
        assertThat(needs(definition, "one")).containsExactly("pick");
        assertThat(needs(definition, "each")).containsExactlyInAnyOrder("all", "b");
        assertThat(needs(definition, "undone")).isEmpty();
        assertThat(definition.graph().dependants("a")).containsExactly("pick", "all");
        assertThat(definition.graph().dependants("each")).isEmpty();
        assertThat(definition.graph().ends()).containsExactly("one", "each", "undone");
    }

    private static Set<String> needs(Definition definition, String id) {
        return Parsed.step(definition, id).needs();
    }

    @Test
    void c13ShouldReadChildWorkflows() {
        Work.Child stored = (Work.Child) Parsed.step("{'workflow': 'nightly', 'input': {'day': '{input.day}'}}")
                .work();
        Work.Child inline = (Work.Child) Parsed.step("{'workflow': [{'tool': 'a', 'input': '{input.own}'}]}")
                .work();
        assertThat(stored.name()).isEqualTo("nightly");
        assertThat(stored.definition()).isNull();
        assertThat(stored.input().roots()).containsExactly("input");
        assertThat(inline.name()).isNull();
        assertThat(String.valueOf(inline.definition())).isEqualTo("[{\"tool\":\"a\",\"input\":\"{input.own}\"}]");
    }

    @Test
    void c13ShouldReadMaps() {
        Work.ForEach tools = (Work.ForEach) Parsed.step(
                        "{'map': {'over': '{input.list}', 'step': {'tool': 't', 'input': '{item}'}, 'concurrency': 7}}")
                .work();
        Work.ForEach children = (Work.ForEach)
                Parsed.step("{'map': {'over': [1, 2], 'step': {'workflow': 'w', 'input': {'i': '${index}'}}}}")
                        .work();
        assertThat(tools.concurrency()).isEqualTo(7);
        assertThat(tools.over().roots()).containsExactly("input");
        assertThat(((Work.Tool) tools.each()).input().roots()).containsExactly("item");
        assertThat(children.concurrency()).isEqualTo(100);
        assertThat(((Work.Child) children.each()).name()).isEqualTo("w");
    }

    @Test
    void c13ShouldReadChoices() {
        Definition definition = Parsed.valid("""
                [{'id': 'pick', 'choice': [{'when': 'input.n > 1', 'steps': ['a', 'b']}, {'when': 'input.n > 0', 'steps': []}, {'steps': 'b'}]},
                 {'id': 'a', 'tool': 't'}, {'id': 'b', 'tool': 't'}]
                """);
        List<Work.Branch> branches =
                ((Work.Choice) definition.steps().values().iterator().next().work()).branches();
        assertThat(branches).extracting(Work.Branch::steps).containsExactly(List.of("a", "b"), List.of(), List.of("b"));
        assertThat(branches)
                .extracting(branch -> branch.when() == null ? "" : branch.when().text())
                .containsExactly("input.n > 1", "input.n > 0", "");
    }

    @Test
    void c13ShouldReadWaits() {
        Work.Signal signal = (Work.Signal)
                Parsed.step("{'wait': {'signal': 'paid', 'correlation': '{input.order}'}, 'timeout': '3d'}")
                        .work();
        assertThat(signal.name()).isEqualTo("paid");
        assertThat(String.valueOf(signal.correlation())).isEqualTo("\"{input.order}\"");
        for (String pause :
                List.of("'1h30m'", "5400000", "{'for': '1h30m'}", "{'for': '{input.pause}'}", "'${input.p}'")) {
            Work.Sleep sleep =
                    (Work.Sleep) Parsed.step("{'wait': " + pause + "}").work();
            assertThat(sleep.time()).isNotNull();
            assertThat(sleep.until()).isNull();
        }
        for (String until : List.of("'2030-01-01T00:00:00Z'", "1893456000000", "'{input.at}'")) {
            Work.Sleep sleep = (Work.Sleep)
                    Parsed.step("{'wait': {'until': " + until + "}}").work();
            assertThat(sleep.until()).isNotNull();
            assertThat(sleep.time()).isNull();
        }
    }

    @Test
    void c13ShouldReadApprovals() {
        Step step = Parsed.step(
                "{'approval': {'title': 'Deploy?', 'show': {'v': '{input.v}'}, 'expires': '2d', 'onExpiry': 'reject'}}");
        Work.Approval approval = (Work.Approval) step.work();
        assertThat(step.timeout()).isEqualTo(Duration.ofDays(2));
        assertThat(approval.title()).hasToString("\"Deploy?\"");
        assertThat(approval.shown().roots()).containsExactly("input");
        assertThat(approval.onExpiry()).isEqualTo(Work.Expiry.REJECT);
        assertThat(((Work.Approval)
                                Parsed.step("{'approval': {'title': 'Go?'}}").work())
                        .onExpiry())
                .isEqualTo(Work.Expiry.FAIL);
    }

    @Test
    void shouldReadPolicies() {
        // When
        Step step = Parsed.step("""
                {'tool': 't', 'when': 'input.x', 'timeout': 90000, 'onError': 'ignore', 'retry': {'attempts': 5, 'backoff': '2s',
                 'factor': 1.5, 'max': '1m', 'jitter': 0, 'on': ['timeout', 'not-found']},
                 'compensate': {'tool': 'undo', 'input': {'what': '{step1.output.id}'}}}
                """);

        // Then
        Condition when = Objects.requireNonNull(step.when());
        Work.Tool compensate = Objects.requireNonNull(step.compensate());
        assertThat(when.text()).isEqualTo("input.x");
        assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(step.onFailure()).isEqualTo(Step.OnFailure.IGNORE);
        assertThat(step.retry())
                .isEqualTo(new Retry(
                        5, Duration.ofSeconds(2), 1.5, Duration.ofMinutes(1), 0, Set.of("timeout", "not-found")));
        assertThat(compensate.tool()).isEqualTo("undo");
        assertThat(compensate.input().roots()).containsExactly("step1");
    }

    @Test
    void shouldTakeFromTheWorkflowsRetryWhatAStepDoesNotSay() {
        // When
        Map<String, Step> steps = Parsed.valid("""
                        {'retry': {'attempts': 4, 'backoff': '10s'}, 'steps': [{'id': 'usual', 'tool': 't'},
                         {'id': 'more', 'tool': 't', 'retry': 9}, {'id': 'other', 'tool': 't', 'retry': {'factor': 3}},
                         {'id': 'once', 'tool': 't', 'retry': {'attempts': 1}}, {'id': 'waits', 'wait': '1s'}]}
                        """).steps();

        // Then
        Retry usual = new Retry(4, Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0.2, Set.of());
        assertThat(steps.values())
                .extracting(Step::retry)
                .containsExactly(
                        usual,
                        new Retry(9, usual.backoff(), 2, usual.most(), 0.2, Set.of()),
                        new Retry(4, usual.backoff(), 3, usual.most(), 0.2, Set.of()),
                        new Retry(1, usual.backoff(), 2, usual.most(), 0.2, Set.of()),
                        Retry.NEVER);
        assertThat(Parsed.step("{'tool': 't', 'retry': {'backoff': 1}}").retry().attempts())
                .isEqualTo(3);
    }

    @Test
    void shouldKnowTheKindsOfErrorsThatAnswersHave() {
        Set<String> kinds = Arrays.stream(ErrorKind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        String all = "['" + String.join("','", kinds) + "']";
        for (String written : List.of(all, all.replace('-', '_'))) {
            assertThat(Parsed.step("{'tool': 't', 'retry': {'on': " + written + "}}")
                            .retry()
                            .on())
                    .isEqualTo(kinds);
        }
        assertThat(Parsed.faults("{'tool': 't', 'retry': {'on': 'others'}}"))
                .singleElement()
                .matches(fault -> fault.message().contains("(" + String.join(", ", kinds) + ")"));
    }

    @Test
    void shouldKeepTheOrderOfStepsAndNeverChange() throws Exception {
        Definition definition =
                Parsed.valid(Json.parse("[{\"id\":\"z\",\"tool\":\"t\"},{\"id\":\"a\",\"tool\":\"t\"}]"));
        assertThat(definition.steps().keySet()).containsExactly("z", "a");
        assertThat(definition.steps()).isUnmodifiable();
        assertThat(needs(definition, "z")).isUnmodifiable();
        assertThat(definition.graph().ends()).isUnmodifiable();
    }
}
