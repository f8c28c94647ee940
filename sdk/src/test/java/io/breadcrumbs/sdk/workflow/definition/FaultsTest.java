package io.breadcrumbs.sdk.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C4: what is rejected before anything runs, with its code and the step's name. */
class FaultsTest {

    private static void assertOnlyFault(String text, String fault) {
        assertThat(Parsed.faults(text)).singleElement().hasToString(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                            | BAD_JSON: line 1, column 2: expected the name of a field, got the end of the text",
                "{'steps': [], 'steps': []}                   | BAD_JSON: line 1, column 15: expected each field once, got 'steps' again",
                "{}                                           | NO_STEPS: expected a field 'steps' with a list of steps",
                "[]                                           | NO_STEPS: expected at least one step",
                "{'steps': []}                                | NO_STEPS at steps: expected at least one step",
                "5                                            | BAD_VALUE: expected a list of steps, or a step, got 5",
                "{'steps': 'a'}                               | BAD_VALUE at steps: expected a list of steps, or a step, got \"a\"",
                "[{'tool': 't'}, 'b']                         | BAD_VALUE at [1]: expected a step, which is an object, got \"b\"",
                "[{'id': 'a b', 'tool': 't'}]                 | BAD_ID step a b at [0].id: expected 1 to 100 letters, digits, '_' or '-'",
                "[{'id': 7, 'tool': 't'}]                     | BAD_ID step step1 at [0].id: expected 1 to 100 letters, digits, '_' or '-'",
                "[{'id': 'input', 'tool': 't'}]               | BAD_ID step input at [0].id: 'input' has a meaning of its own in templates",
                "[{'id':'a','tool':'t'},{'id':'a','tool':'u'}] | DUPLICATE_ID step a at [1].id: there is another step 'a'",
                "[{'id':'step2','tool':'t'},{'tool':'u'}]     | DUPLICATE_ID step step2 at [1].id: there is another step 'step2'",
                "{'steps': {'id': 'a', 'tool': 't'}, 'output': '{b.output}'} | BAD_TEMPLATE at output: {b.output}: there is no step 'b'",
                "{'steps': {'id': 'a', 'tool': 't'}, 'onError': 'ignore'} | BAD_VALUE at onError: expected one of continue, stop, got \"ignore\"",
                "{'steps': {'id': 'a', 'tool': 't'}, 'name': ''} | BAD_VALUE at name: expected a text of 1 to 1000 characters, got \"\"",
                "{'steps': {'id': 'a', 'tool': 't'}, 'description': 1} | BAD_VALUE at description: expected a text, got 1",
            })
    void c4ShouldRejectWhatIsNoWorkflow(String text, String fault) {
        assertOnlyFault(text, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id': 'a', 'tool': 't', 'deps': ['b']}      | UNKNOWN_DEP step a at deps: there is no step 'b'",
                "[{'id':'build','tool':'t'},{'id':'b','tool':'t','deps':'biuld'}] | UNKNOWN_DEP step b at [1].deps: there is no step 'biuld'; did you mean 'build'?",
                "{'id': 'a', 'tool': 't', 'deps': ['a']}      | SELF_DEP step a at deps: the step refers to itself",
                "{'id': 'a', 'tool': 't', 'input': '{a.output}'} | SELF_DEP step a at input: the step refers to itself",
                "{'id': 'a', 'tool': 't', 'when': 'a.output'} | SELF_DEP step a at when: the step refers to itself",
                "{'id': 'a', 'choice': [{'steps': 'a'}]}      | SELF_DEP step a at choice[0].steps: the step refers to itself",
                "{'id': 'a', 'tool': 't', 'input': {'x': ['{b.output}']}} | BAD_TEMPLATE step a at input.x[0]: {b.output}: there is no step 'b'",
                "{'id': 'a', 'approval': {'title': 'Pay {b.output}?'}} | BAD_TEMPLATE step a at approval.title: {b.output}: there is no step 'b'",
                "{'id': 'a', 'approval': {'title': 'Pay {a.output}?'}} | SELF_DEP step a at approval.title: the step refers to itself",
                "{'id': 'a', 'tool': 't', 'input': '${'}      | BAD_TEMPLATE step a at input: ${: expected a reference such as ${step.field}, or \\${ where none is meant, got the end of the text",
                "{'id': 'a', 'tool': 't', 'when': 'b.output'} | BAD_CONDITION step a at when: line 1, column 1: there is no step or function 'b'",
                "{'id': 'a', 'tool': 't', 'when': 5}          | BAD_VALUE step a at when: expected a condition of 1 to 10000 characters, got 5",
                "{'id': 'a', 'choice': [{'steps': ['b']}]}    | UNKNOWN_DEP step a at choice[0].steps: there is no step 'b'",
            })
    void c4ShouldRejectWhatRefersToNothingOrToItself(String text, String fault) {
        assertOnlyFault(text, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'steps': [{'id': 'a', 'input': {}}]}        | NO_TOOL step a at steps[0]: expected a field 'tool' with the name of a tool, or one of workflow, map, choice, wait, approval, role",
                "{'id': 'a', 'tool': ''}                      | NO_TOOL step a: expected a field 'tool' with the name of a tool, or one of workflow, map, choice, wait, approval, role",
                "{'id': 'a', 'tool': null, 'deps': []}        | NO_TOOL step a: expected a field 'tool' with the name of a tool, or one of workflow, map, choice, wait, approval, role",
                "{'id': 'a', 'tool': 5}                       | BAD_VALUE step a at tool: expected a text of 1 to 1000 characters, got 5",
                "{'id': 'a', 'role': 'author'}                | NO_TASK step a: expected a field 'task' that says what the role is to do",
                "{'id': 'a', 'role': 'author', 'task': ' '}   | NO_TASK step a: expected a field 'task' that says what the role is to do",
                "{'id': 'a', 'task': 'write'}                 | MISSING_FIELD step a: a task needs a field 'role'",
                "{'id': 'a', 'tool': 't', 'inptu': {}}        | UNKNOWN_FIELD step a at inptu: a step with a tool has no field \"inptu\", only compensate, deps, description, id, input, onError, retry, timeout, tool, version, when; did you mean 'input'?",
            })
    void c4ShouldRejectStepsThatDoNotSayWhatTheyDo(String text, String fault) {
        assertOnlyFault(text, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id': 'a', 'tool': 't', 'wait': '1s'}       | AMBIGUOUS_STEP step a: expected one of tool, wait",
                "{'id': 'a', 'wait': '1s', 'retry': 3}        | UNKNOWN_FIELD step a at retry: a step that waits has no field \"retry\", only deps, description, id, onError, timeout, wait, when",
                "{'id': 'a', 'workflow': 5}                   | BAD_VALUE step a at workflow: expected a text of 1 to 1000 characters, got 5",
                "{'id': 'a', 'map': {'over': []}}             | MISSING_FIELD step a at map: a map needs a field 'step' with a tool or a workflow",
                "{'id': 'a', 'choice': []}                    | BAD_VALUE step a at choice: expected a list of branches {\"when\", \"steps\"}, got an array",
                "{'id': 'a', 'choice': [{'when': 'true'}]}    | MISSING_FIELD step a at choice[0]: a branch needs a field 'steps' with ids of steps",
                "{'id': 'a', 'choice': [{'steps': []}, {'when': 'true', 'steps': []}]} | MISSING_FIELD step a at choice[0]: only the last branch may do without a field 'when'",
                "{'id': 'a', 'wait': {}}                      | MISSING_FIELD step a at wait: a wait needs a field 'signal', 'until' or 'for'",
                "{'id': 'a', 'wait': {'until': '2030-01-01'}} | BAD_VALUE step a at wait.until: expected a time such as \"2030-01-31T12:00:00Z\" or milliseconds since 1970, got \"2030-01-01\"",
                "{'id': 'a', 'wait': {'signal': 's', 'for': 1}} | UNKNOWN_FIELD step a at wait.for: a wait for a signal has no field \"for\", only correlation, signal",
                "{'id': 'a', 'wait': true}                    | BAD_VALUE step a at wait: expected a duration, {\"signal\"}, {\"until\"} or {\"for\"}, got true",
                "{'id': 'a', 'approval': {'show': 1}}         | MISSING_FIELD step a at approval: an approval needs a field 'title'",
                "{'id': 'a', 'approval': {'title': 't', 'onExpiry': 'wait'}} | BAD_VALUE step a at approval.onExpiry: expected one of approve, fail, reject, got \"wait\"",
                "{'id': 'a', 'approval': {'title': 't', 'expires': 1}, 'timeout': 1} | BAD_VALUE step a at approval.expires: expected either 'expires' or the step's 'timeout', got both",
                "{'id': 'a', 'map': {'step': {'tool': 't'}}}  | MISSING_FIELD step a at map: a map needs a field 'over' with a list",
                "{'id': 'a', 'map': {'over': 3, 'step': {'tool': 't'}}} | BAD_VALUE step a at map.over: expected a list, or a reference to one, got 3",
                "{'id': 'a', 'map': {'over': [], 'step': {'tool': 't', 'role': 'r'}}} | UNKNOWN_FIELD step a at map.step.role: a tool within a map has no field \"role\", only input, tool, version",
                "{'id': 'a', 'map': {'over': [], 'step': {'tool': 't'}, 'concurrency': 1.5}} | BAD_VALUE step a at map.concurrency: expected a whole number from 1 to 1000, got 1.5",
                "{'id': 'a', 'map': {'over': '{item}', 'step': {'tool': 't'}}} | BAD_VALUE step a at map.over: expected a list, or a reference to one, got \"{item}\"",
            })
    void c4ShouldRejectKindsOfStepsThatAreIncomplete(String text, String fault) {
        assertOnlyFault(text, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id': 'a', 'tool': 't', 'timeout': 'soon'}  | BAD_VALUE step a at timeout: expected a duration such as 500, \"500ms\", \"1h30m\" or \"PT5S\", at most 3650 days, got \"soon\"",
                "{'id': 'a', 'tool': 't', 'timeout': 0}       | BAD_VALUE step a at timeout: expected more than 0",
                "{'id': 'a', 'tool': 't', 'onError': 'halt'}  | BAD_VALUE step a at onError: expected one of continue, ignore, stop, got \"halt\"",
                "{'id': 'a', 'tool': 't', 'retry': 0}         | BAD_VALUE step a at retry: expected a whole number from 1 to 1000, got 0",
                "{'id': 'a', 'tool': 't', 'retry': 'often'}   | BAD_VALUE step a at retry: expected a number of attempts, or {\"attempts\", \"backoff\", ...}, got \"often\"",
                "{'id': 'a', 'tool': 't', 'retry': {'jitter': 2}} | BAD_VALUE step a at retry.jitter: expected a number from 0.0 to 1.0, got 2",
                "{'id': 'a', 'tool': 't', 'retry': {'on': ['time']}} | BAD_VALUE step a at retry.on: expected kinds of errors (cancelled, capacity, not-found, outcome-unknown, permission, runtime, timeout, validation), got \"time\"",
                "{'id': 'a', 'tool': 't', 'compensate': {'input': 1}} | NO_TOOL step a at compensate: expected a field 'tool' with the name of a tool",
                "{'id': 'a', 'tool': 't', 'compensate': 'undo'} | BAD_VALUE step a at compensate: expected {\"tool\", \"input\"}, got \"undo\"",
            })
    void c4ShouldRejectPoliciesThatCannotBe(String text, String fault) {
        assertOnlyFault(text, fault);
    }

    @Test
    void c4ShouldSayWhichFieldMayHaveBeenMeant() {
        assertThat(Parsed.faults("{'step': [{'tool': 't'}]}"))
                .extracting(Fault::toString)
                .containsExactly(
                        "UNKNOWN_FIELD at step: a workflow has no field \"step\", only description, name, onError, "
                                + "output, retention, retry, steps, timeout, version; did you mean 'steps'?",
                        "NO_STEPS: expected a field 'steps' with a list of steps");
    }

    @Test
    void c4ShouldFindAllFaultsAtOnce() {
        // When
        List<Fault> faults = Parsed.faults("""
                {'nmae': 'x', 'steps': [
                  {'id': 'a', 'tool': 't', 'deps': ['a', 'nosuch'], 'input': {'x': '{nobody.output}', 'y': '${}'}},
                  {'id': 'a', 'role': 'r'},
                  {'id': 'b', 'when': '1 +', 'deps': 'c'},
                  {'id': 'c', 'tool': 't', 'input': '{b}', 'timeout': 'never'}], 'output': '{z.output}'}
                """);

        // Then
        assertThat(faults)
                .extracting(Fault::code, Fault::step)
                .containsExactlyInAnyOrder(
                        tuple(Fault.Code.UNKNOWN_FIELD, null),
                        tuple(Fault.Code.DUPLICATE_ID, "a"),
                        tuple(Fault.Code.BAD_TEMPLATE, "a"),
                        tuple(Fault.Code.BAD_TEMPLATE, "a"),
                        tuple(Fault.Code.SELF_DEP, "a"),
                        tuple(Fault.Code.UNKNOWN_DEP, "a"),
                        tuple(Fault.Code.NO_TASK, "a"),
                        tuple(Fault.Code.NO_TOOL, "b"),
                        tuple(Fault.Code.BAD_CONDITION, "b"),
                        tuple(Fault.Code.BAD_VALUE, "c"),
                        tuple(Fault.Code.CYCLE, "b"),
                        tuple(Fault.Code.BAD_TEMPLATE, null));
    }

    @Test
    void c4ShouldNameTheCycleAlsoIfReferencesChoicesAndConditionsMakeIt() {
        // When
        List<Fault> faults = Parsed.faults("""
                [{'id': 'free', 'tool': 't'}, {'id': 'after', 'tool': 't', 'deps': 'a'},
                 {'id': 'a', 'tool': 't', 'deps': 'd'}, {'id': 'b', 'tool': 't', 'input': '{a.output}'},
                 {'id': 'c', 'choice': [{'when': 'b.output', 'steps': 'd'}]}, {'id': 'd', 'tool': 't'},
                 {'id': 'x', 'tool': 't', 'deps': 'y'}, {'id': 'y', 'tool': 't', 'deps': 'x'}]
                """);

        // Then
        assertThat(faults)
                .extracting(Fault::toString)
                .containsExactly(
                        "CYCLE step a at [2]: expected steps that can start one after the other, "
                                + "got a needs d needs c needs b needs a",
                        "CYCLE step x at [6]: expected steps that can start one after the other, got x needs y needs x");
    }

    @Test
    void shouldSayWhereAChildsFaultsAre() {
        assertThat(Parsed.faults("""
                        {'steps': [{'id': 'outer', 'workflow': {'steps': [{'id': 'inner', 'workflow':
                          [{'id': 'core', 'tool': 't', 'input': '{outer.output}'}]}]}}]}
                        """))
                .extracting(Fault::toString)
                .containsExactly("BAD_TEMPLATE step outer/inner/core at steps[0].workflow.steps[0].workflow[0].input: "
                        + "{outer.output}: there is no step 'outer'");
        assertThat(Parsed.faults("{'id': 'm', 'map': {'over': [], 'step': {'workflow': []}}}"))
                .extracting(Fault::toString)
                .containsExactly("NO_STEPS step m at map.step.workflow: expected at least one step");
    }

    @Test
    void shouldListAThousandFaultsAndSayThatThereAreMore() {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            steps.add("{'input': {}}");
        }
        List<Fault> faults = Parsed.faults("[" + String.join(",", steps) + "]");
        assertThat(faults).hasSize(1_001);
        assertThat(faults.getLast()).hasToString("TOO_LARGE: there are more faults than are listed here");
    }
}
