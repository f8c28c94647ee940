package io.breadcrumbs.sdk.workflow.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonException;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C3: references, and what is left alone. */
class TemplateTest {

    private static final Set<String> KNOWN =
            Set.of("a", "b-2", "left", "failed", "status", "input", "run", "item", "index");

    private static final String STATE = """
            {"a": {"status": "completed", "output": {
                "text": "he said \\"hi\\"", "n": 7, "pi": 3.140, "yes": true, "no": null, "status": 200, "error": "none",
                "output": "inner", "items": [{"x": 1}, {"x": [2, 3]}], "odd key": {"it's": "odd"}, "": "empty"}},
             "b-2": {"status": "completed", "output": "plain", "error": null},
             "left": {"status": "skipped", "output": null},
             "failed": {"status": "failed", "error": {"kind": "timeout", "message": "after 10 s"}},
             "status": {"status": "completed", "output": {"output": 1}},
             "input": {"who": "Ada", "output": "mine", "list": []},
             "run": {"id": "r-1"},
             "item": {"x": 5},
             "index": 3}
            """;

    private static Json json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Scope scope() {
        JsonObject state = (JsonObject) json(STATE);
        return state::get;
    }

    private static Template template(String text) throws TemplateException {
        return Template.of(Json.of(text), KNOWN);
    }

    private static Json resolved(String text) throws Exception {
        return template(text).resolve(scope());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a.output.n}                        | 7",
                "${a.n}                              | 7",
                "{a.output.pi}                       | 3.140",
                "{a.output.yes}                      | true",
                "{a.output.no}                       | null",
                "{a.output.text}                     | \"he said \\\"hi\\\"\"",
                "{a.output.items}                    | [{\"x\":1},{\"x\":[2,3]}]",
                "${a.items[1].x[0]}                  | 2",
                "{a.output.items[0]}                 | {\"x\":1}",
                "{a.output[\"odd key\"]}             | {\"it's\":\"odd\"}",
                "{a.output['odd key']['it\\'s']}     | \"odd\"",
                "${a['odd key'][\"it's\"]}           | \"odd\"",
                "{a.output['']}                      | \"empty\"",
                "{b-2}                               | \"plain\"",
                "${b-2}                              | \"plain\"",
                "${ b-2 }                            | \"plain\"",
                "{b-2.output}                        | \"plain\"",
                "{b-2.error}                         | null",
                "{a.error}                           | null",
                "{a.status}                          | \"completed\"",
                "{failed.status}                     | \"failed\"",
                "{failed.error.message}              | \"after 10 s\"",
                "${a.status}                         | 200",
                "${a.error}                          | \"none\"",
                "${a.output.output}                  | \"inner\"",
                "{a.n}                               | 7",
                "{status.output}                     | {\"output\":1}",
                "{input.who}                         | \"Ada\"",
                "${input.who}                        | \"Ada\"",
                "{input.output}                      | \"mine\"",
                "{input}                             | {\"who\":\"Ada\",\"output\":\"mine\",\"list\":[]}",
                "{run.id}                            | \"r-1\"",
                "{item.x}                            | 5",
                "${item}                             | {\"x\":5}",
                "{index}                             | 3",
            })
    void shouldKeepTheTypeOfAReferenceThatIsTheWholeValue(String text, String value) throws Exception {
        assertThat(resolved(text)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n is {a.output.n}                   | n is 7",
                "`{a.output.n} `                     | `7 `",
                "{a.output.n}{a.output.n}            | 77",
                "${a.n}${b-2}                        | 7plain",
                "{a.output.text}!                    | he said \"hi\"!",
                "{a.output.items[1]} and {a.output.no} | {\"x\":[2,3]} and null",
                "$${b-2}$                            | $plain$",
                "{{b-2}}                             | {plain}",
                "{left.output.x} is out              | null is out",
            })
    void shouldInsertIntoTextWhatStringsSayAndOthersAreWritten(String text, String value) throws Exception {
        assertThat(resolved(text)).isEqualTo(Json.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}{",
                "{}",
                "{{}}",
                "$",
                "$x",
                "{\"a\": 1}",
                "{x}",
                "{x.y}",
                "{ a.output }",
                "function(){return {a: 1, input: 2}}",
                "{a, b}",
                "{a;}",
                "{input: 1}",
                "{item}s {other.outputs}",
                "{x.output()}",
                "{x.statuses}",
                "{.output}",
                "\\{x\\} \\$5 \\d+ \\\\ {\\",
                "^\\$[0-9]{2,3}$",
            })
    void shouldLeaveOtherBracesAndBackslashesAlone(String text) throws Exception {
        assertThat(Template.of(Json.of(text), Set.of("a", "input")).resolve(scope()))
                .isEqualTo(Json.of(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\{a.output}         | {a.output}",
                "\\${a.n}             | ${a.n}",
                "$\\{a.output}        | ${a.output}",
                "\\{nosuch.output}    | {nosuch.output}",
                "\\${anything at all} | ${anything at all}",
                "\\{input.x.trim()}   | {input.x.trim()}",
                "\\\\{b-2}            | \\plain",
                "\\\\\\{b-2}          | \\{b-2}",
                "\\\\\\\\${b-2}       | \\\\plain",
                "{b-2}\\{b-2}{b-2}    | plain{b-2}plain",
            })
    void shouldEscapeReferencesByBackslashes(String text, String value) throws Exception {
        assertThat(resolved(text)).isEqualTo(Json.of(value));
    }

    @Test
    void shouldNeverParseAgainWhatWasSubstituted() throws Exception {
        // Given
        List<String> outputs = List.of(
                "\"quoted\" 'text'",
                "${x}",
                "{a.output}",
                "${b.output}",
                "$& $1 $` $$",
                "back\\slash \\{a.output} \\n",
                "{\"json\": [1]}",
                "\u0000\n\uD83D\uDE00\uD83D",
                "\\",
                "${");
        Template template = Template.of(
                json("{\"whole\": \"{a.output}\", \"text\": \"<{a.output}|${a}>\"}"), Set.of("a", "b", "x"));

        for (String output : outputs) {
            // When
            Json resolved = template.resolve(root -> Json.object("output", Json.of(output)));

            // Then
            assertThat(resolved)
                    .isEqualTo(
                            Json.object("whole", Json.of(output), "text", Json.of("<" + output + "|" + output + ">")));
            assertThat(Json.parse(resolved.toString())).isEqualTo(resolved);
        }
    }

    @Test
    void shouldResolveWithinListsAndObjectsButNotNames() throws Exception {
        // Given
        Template template = Template.of(
                json(
                        "{\"{a.output.n}\": [1.50, {\"deep\": [\"{a.output.n}\", \"x\"]}], \"k\": null, \"l\": \"{b-2}\"}"),
                KNOWN);

        // When
        Json resolved = template.resolve(scope());

        // Then
        assertThat(resolved).hasToString("{\"{a.output.n}\":[1.50,{\"deep\":[7,\"x\"]}],\"k\":null,\"l\":\"plain\"}");
        assertThat(template.roots()).containsExactlyInAnyOrder("a", "b-2");
        assertThat(template.source()).isEqualTo(json(template.toString()));
    }

    @Test
    void shouldGiveAValueWithoutReferencesAsItIs() throws Exception {
        Json value = json("{\"a\": [1, {\"b\": \"{x}\"}], \"c\": \"\"}");
        assertThat(Template.of(value, KNOWN).resolve(scope())).isSameAs(value);
        assertThat(Template.constant(Json.of("{a.output}")).resolve(scope())).isEqualTo(Json.of("{a.output}"));
        assertThat(Template.constant(Json.of("{a.output}")).roots()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{left.output}", "{left.output.x[3].y}", "${left}", "${left.x}", "{left.error.kind}"})
    void shouldFindNullWhereAStepWasLeftOut(String text) throws Exception {
        assertThat(resolved(text)).isEqualTo(Json.nothing());
        assertThat(resolved("{left.status}")).isEqualTo(Json.of(Scope.LEFT_OUT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "see {a.output.items[3]}     | {a.output.items[3]}: a.output.items has 2 elements",
                "${input.list[0]}            | ${input.list[0]}: input.list has 0 elements",
                "{a.output.items[0].y}       | {a.output.items[0].y}: a.output.items[0] has no field y; it has x",
                "{a.output['odd key'].z}     | {a.output['odd key'].z}: a.output[\"odd key\"] has no field z; it has it's",
                "{input.whom}                | {input.whom}: input has no field whom; it has who, output, list",
                "{a.output.n.x}              | {a.output.n.x}: a.output.n is a number, which has no field x",
                "{a.output.no.x}             | {a.output.no.x}: a.output.no is null, which has no field x",
                "{a.output.items.x}          | {a.output.items.x}: a.output.items is an array, which has no field x",
                "{a.output.text[0]}          | {a.output.text[0]}: a.output.text is a string, which has no elements",
                "{failed.output.x}           | {failed.output.x}: failed has no output; its status is failed",
            })
    void shouldSayHowFarAMissingValueWasFound(String text, String message) throws Exception {
        Template template = template(text);
        assertThatExceptionOfType(MissingValueException.class)
                .isThrownBy(() -> template.resolve(scope()))
                .withMessage(message)
                .matches(missing -> message.startsWith(missing.reference() + ":"));
    }

    @Test
    void shouldSayThatARootHasNoValue() throws Exception {
        Template template = template("{a.output}");
        assertThatExceptionOfType(MissingValueException.class)
                .isThrownBy(() -> template.resolve(root -> null))
                .withMessage("{a.output}: a has no value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{x.output}               | {x.output}: there is no step 'x'",
                "{stats.error.kind}       | {stats.error.kind}: there is no step 'stats'; did you mean 'status'?",
                "{x.status}               | {x.status}: there is no step 'x'",
                "${x}                     | ${x}: there is no step 'x'",
                "${inptu.who}             | ${inptu.who}: there is no step 'inptu'; did you mean 'input'?",
                "${}                      | ${}: expected a reference such as ${step.field}, or \\${ where none is meant, got '}'",
                "${1 + 2}                 | ${1 + 2}: there is no step '1'",
                "${a + 2}                 | ${a + 2}: expected '.', '[' or '}', or \\{ where no reference is meant, got '+'",
                "{a.output                | {a.output: expected '.', '[' or '}', or \\{ where no reference is meant, got the end of the text",
                "{input.x.trim()}         | {input.x.trim()}: expected '.', '[' or '}', or \\{ where no reference is meant, got '('",
                "{a.output.}              | {a.output.}: expected the name of a field after '.', got '}'",
                "{a.output[x]}            | {a.output[x]}: expected an index or a name in quotes after '[', got 'x'",
                "{a.output[-1]}           | {a.output[-1]}: expected an index or a name in quotes after '[', got '-'",
                "{a.output[1234567890]}   | {a.output[1234567890]}: expected an index or a name in quotes after '[', got ']'",
                "{a.output[1}             | {a.output[1}: expected ']', got '}'",
                "{a.output['x]}           | {a.output['x]}: expected ' at the end of the name, got the end of the text",
                "{a.output['\\x']}        | {a.output['\\x']}: expected a quote or a backslash after '\\', got 'x'",
            })
    void shouldRefuseWhatLooksLikeAReferenceAndIsNone(String text, String message) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> template(text))
                .withMessage(message);
    }

    @Test
    void shouldKnowItemAndIndexWithinAMapOnly() throws Exception {
        assertThat(Template.of(Json.of("{item}"), Set.of("a")).roots()).isEmpty();
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.of(Json.of("${item}"), Set.of("a")))
                .withMessage("${item}: item is known within a map only");
    }

    @Test
    void shouldFindAllFaultsAtOnceAndSayWhereTheyAre() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.of(
                        json(
                                "{\"a\": [\"${x} {y.output} ${a}\", {\"odd key\": \"{z.error}\"}], \"b\": \"{a.output[}\"}"),
                        KNOWN))
                .satisfies(thrown -> assertThat(thrown.faults())
                        .extracting(TemplateException.Fault::path)
                        .containsExactly("a[0]", "a[0]", "a[1][\"odd key\"]", "b"))
                .withMessageStartingWith("a[0]: ${x}: there is no step 'x'; a[0]: {y.output}: there is no step 'y'; ");
    }

    @Test
    void shouldRefuseToGrowWithoutBound() throws Exception {
        // Given
        Json large = Json.of("x".repeat(1 << 20));
        Json list = new JsonArray(Collections.nCopies(100_000, (Json) Json.of("0123456789")));
        Template text = template("{a.output}".repeat(30));
        Template values = Template.of(new JsonArray(Collections.nCopies(30, (Json) Json.of("{a.output}"))), KNOWN);

        for (Json output : List.of(large, list)) {
            for (Template template : List.of(text, values)) {
                assertThatExceptionOfType(MissingValueException.class)
                        .isThrownBy(() -> template.resolve(root -> Json.object("output", output)))
                        .withMessageStartingWith("{a.output}: its value makes the whole too large");
            }
        }
    }

    @Test
    void shouldRefuseToNestWithoutBound() throws Exception {
        // Given
        Json output = Json.of(1);
        Template wrapped = Template.of(json("{\"in\": [\"{a.output}\"]}"), KNOWN);
        int wraps = 0;

        // When
        while (wraps < Json.MOST_DEPTH / 2) {
            Json last = output;
            output = wrapped.resolve(root -> Json.object("output", last));
            wraps++;
        }

        // Then
        Json deepest = output;
        assertThat(Json.parse(deepest.toString())).as("still readable").isEqualTo(deepest);
        assertThatExceptionOfType(MissingValueException.class)
                .isThrownBy(() -> wrapped.resolve(root -> Json.object("output", deepest)))
                .withMessageContaining("200 levels deep");
    }

    @Test
    void shouldBearHostileTexts() throws Exception {
        for (String plain : List.of("{".repeat(1_000_000), "\\".repeat(1_000_000), "\\{".repeat(500_000))) {
            assertThat(resolved(plain)).isEqualTo(Json.of(plain));
        }
        for (String faulty : List.of(
                "${".repeat(500_000),
                "{a.output['".repeat(100_000),
                "{a.output[\"{b-2.output['".repeat(50_000),
                "{a.output." + "x".repeat(1_000_000))) {
            assertThatExceptionOfType(TemplateException.class)
                    .isThrownBy(() -> template(faulty))
                    .satisfies(thrown -> assertThat(thrown.faults()).hasSizeBetween(1, 100));
        }
        assertThat(resolved("\\".repeat(1_000_001) + "{b-2}")).isEqualTo(Json.of("\\".repeat(500_000) + "{b-2}"));
    }
}
