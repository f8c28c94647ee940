package io.breadcrumbs.sdk.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breadcrumbs.sdk.workflow.definition.Condition;
import io.breadcrumbs.sdk.workflow.definition.ConditionException;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.template.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C13: conditions, as people write them, over what steps gave. */
class CelConditionsTest {

    private static final Set<String> ROOTS = Set.of("a", "my-step", "2nd", "left", "x", "input", "run");

    private static final String STATE = """
            {"a": {"status": "completed", "output": {
                "n": 5, "pi": 3.14, "huge": 12345678901234567890, "text": "abc", "yes": true, "none": null,
                "list": [1, 2.5, 3], "odd-key": 1, "users": [{"name": "Ada", "age": 36}, {"name": "Bob", "age": 12}]}},
             "my-step": {"status": "failed", "error": {"kind": "timeout"}},
             "2nd": {"status": "completed", "output": "second"},
             "left": {"status": "skipped", "output": null},
             "x": {"status": "completed", "output": 1},
             "input": {"mode": "fast"},
             "run": {"id": "r-1"}}
            """;

    private final CelConditions conditions = new CelConditions();

    private static Scope scope() throws JsonException {
        JsonObject state = (JsonObject) Json.parse(STATE);
        return state::get;
    }

    private boolean holds(String text) throws Exception {
        return conditions.parse(text, ROOTS).holds(scope());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.output.n > 3",
                "a.output.n == 5.0 && a.output.n < 5.5",
                "a.output.pi > 3 && a.output.pi < 4",
                "a.output.huge > 1",
                "a.output.n + 1 == 6 && a.output.n % 2 == 1",
                "a.output.text == 'abc' && a.output.text.startsWith('a') && size(a.output.text) == 3",
                "a.output.text + '!' == \"abc!\"",
                "a.output.text.matches('^[a-c]+$')",
                "a.output.yes",
                "!has(a.output.nothing) && has(a.output.none)",
                "a.output.none == null",
                "left.output == null && left.status == 'skipped'",
                "2.5 in a.output.list && a.output.list[0] == 1 && size(a.output.list) == 3",
                "a.output.list == [1, 2.5, 3.0]",
                "a.output.list + [4] == [1, 2.5, 3, 4]",
                "a.output.users.exists(u, u.name == 'Ada' && u.age >= 18)",
                "a.output.users.all(u, u.age > 10) && !a.output.users.all(u, u.age > 18)",
                "a.output.users.exists_one(u, u.age < 18)",
                "a.output.users.filter(u, u.age > 18).map(u, u.name) == ['Ada']",
                "a.output.users[0] == {'name': 'Ada', 'age': 36}",
                "'n' in a.output && a.output.all(key, key != '')",
                "a.output.`odd-key` == 1",
                "steps['my-step'].status == 'failed' && steps['my-step'].error.kind == 'timeout'",
                "steps['2nd'].output == 'second'",
                "steps.a.output.n == 5",
                "input.mode == 'fast' ? true : false",
                "run.id != ''",
                "type(a.output.n) == int && type(a.output.pi) == double",
                "a.output.nothing == 1 || true",
                ".a.output.n == 5",
            })
    void shouldHold(String text) throws Exception {
        assertThat(holds(text)).isTrue();
        assertThat(holds("!(" + text + ")")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.output.n > 3                              | a",
                "steps['my-step'].output.x && a.output.n > 1 | my-step,a",
                "steps.a.output.n == 5                       | a",
                "input.list.all(a, a > 1)                    | input",
                "input.list.all(a, a > 1) && a.output.n == 1 | input,a",
                "input.list.all(u, .x.output > u)            | input,x",
                "true                                        | ``",
            })
    void shouldNameTheRootsThatItRefersTo(String text, String roots) throws Exception {
        Condition condition = conditions.parse(text, ROOTS);
        assertThat(String.join(",", condition.roots())).isEqualTo(roots);
        assertThat(condition.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b.output > 1          | line 1, column 1: there is no step or function 'b'",
                "inptu.x > 1           | line 1, column 1: there is no step or function 'inptu'; did you mean 'input'?",
                "true && my-step > 1   | column 9: there is no step or function 'my'; a step whose id has a '-' is written steps[\"my-step\"]",
                "nosuch(a.output)      | there is no step or function 'nosuch'",
                "a.output.n >          | line 1, column 13: mismatched input '<EOF>'",
                "a.output.n = 3        | line 1, column 12: token recognition error",
                "1 + 2                 | expected true or false, got what gives int",
                "'yes'                 | expected true or false, got what gives string",
                "1 + 'x' == 2          | found no matching overload for '_+_'",
                "steps['nosuch'].x     | there is no step 'nosuch'",
                "steps[input.mode].x   | expected the id of a step in quotes after 'steps'",
                "size(steps) > 1       | expected the id of a step in quotes after 'steps'",
                "item.x == 1           | there is no step or function 'item'",
            })
    void shouldRefuseWhatIsNoConditionWhenItIsParsed(String text, String message) {
        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> conditions.parse(text, ROOTS))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.output.zz == 1       | a.output.zz == 1: at character 9, key 'zz' is not present in map.",
                "left.output.x == 1     | left.output.x == 1: at character 12, Error resolving field 'x'",
                "a.output.text > 3      | a.output.text > 3: at character 15, No matching overload",
                "a.output.n             | a.output.n: expected true or false, got a number",
                "a.output               | a.output: expected true or false, got an object",
                "a.output.none          | a.output.none: expected true or false, got null",
            })
    void shouldSayWhyThereIsNoAnswer(String text, String message) throws Exception {
        Condition condition = conditions.parse(text, ROOTS);
        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> condition.holds(scope()))
                .withMessageContaining(message);
    }

    @Test
    void shouldHaveNoAnswerWhereARootHasNoValue() throws Exception {
        Condition condition = conditions.parse("a.output.n > 1", ROOTS);
        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> condition.holds(root -> null))
                .withMessageStartingWith("a.output.n > 1: ");
    }

    @Test
    void shouldTakeAStepNamedStepsAsOne() throws Exception {
        Condition condition = conditions.parse("steps.output == 1", Set.of("steps"));
        assertThat(condition.roots()).containsExactly("steps");
        assertThat(condition.holds(root -> Json.object("output", Json.of(1)))).isTrue();
    }

    @Test
    void shouldParseTheSameTextAnewWhereOtherRootsGiveItAnotherMeaning() throws Exception {
        // Given
        String text = "type(a.output) == int";
        Condition first = conditions.parse(text, Set.of("a"));

        // When, Then
        assertThat(conditions.parse(text, Set.of("a", "b"))).isSameAs(first);
        assertThat(conditions.parse(text, Set.of("a", "int")).roots()).containsExactlyInAnyOrder("a", "int");
        assertThatExceptionOfType(ConditionException.class).isThrownBy(() -> conditions.parse(text, Set.of("b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input.list.all(x, input.list.all(y, x == y))",
                "input.list.map(x, input.large + input.large).size() > 0",
                "(input.list + input.list + input.list).size() > 0",
                "input.list.filter(x, input.list == input.list && input.large == input.other).size() > 0",
            })
    void shouldStopWhatCostsTooMuch(String text) throws Exception {
        // Given
        Condition condition = conditions.parse(text, ROOTS);
        Json list = new JsonArray(Collections.nCopies(5_000, (Json) Json.of(1)));
        Json input = JsonObject.builder()
                .put("list", list)
                .put("large", "x".repeat(1 << 20))
                .put("other", "x".repeat(1 << 20))
                .build();

        // When, Then
        assertThatExceptionOfType(ConditionException.class).isThrownBy(() -> condition.holds(root -> input));
    }

    @Test
    void shouldRefuseWhatIsTooLongOrNestedTooDeep() throws Exception {
        for (String text : List.of(
                "true || ".repeat(2_000) + "true",
                "(".repeat(4_000) + "true" + ")".repeat(4_000),
                "[".repeat(4_000) + "]".repeat(4_000) + " == []",
                "a" + ".b".repeat(4_900) + " == 1",
                "1" + "+1".repeat(4_900) + " == 1",
                "a.output.all(x, ".repeat(100) + "true" + ")".repeat(100))) {
            assertThatExceptionOfType(ConditionException.class)
                    .as(text.substring(0, 20))
                    .isThrownBy(() -> conditions.parse(text, ROOTS).holds(scope()));
        }
        assertThat(conditions.parse("!".repeat(9_000) + "true", ROOTS).holds(scope()))
                .isTrue();
    }
}
