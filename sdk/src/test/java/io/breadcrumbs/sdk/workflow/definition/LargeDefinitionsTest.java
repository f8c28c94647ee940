package io.breadcrumbs.sdk.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonArray;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** C16: as many steps as there may be, in the shapes that are hard on a parser. */
class LargeDefinitionsTest {

    private static final int MOST = Definitions.MOST_STEPS;

    private static Json steps(int count, IntFunction<JsonObject.Builder> step) {
        return new JsonArray(IntStream.range(0, count)
                .mapToObj(i -> (Json) step.apply(i).put("id", "s" + i).build())
                .toList());
    }

    private static JsonObject.Builder tool() {
        return JsonObject.builder().put("tool", "t");
    }

    @Test
    void shouldTakeTheLongestChain() {
        // Given
        Json chain = steps(MOST, i -> i == 0 ? tool() : tool().put("input", "{s" + (i - 1) + ".output}"));

        // When
        Definition definition = Parsed.valid(chain);

        // Then
        assertThat(definition.steps()).hasSize(MOST);
        assertThat(definition.graph().ends()).containsExactly("s" + (MOST - 1));
        assertThat(definition.graph().dependants("s0")).containsExactly("s1");
    }

    @Test
    void shouldTakeTheWidestFan() {
        // Given
        List<Json> all = new ArrayList<>();
        for (int i = 1; i < MOST - 1; i++) {
            all.add(Json.of("s" + i));
        }
        Json fan = steps(MOST, i -> {
            if (i == 0) {
                return tool();
            }
            return i == MOST - 1 ? tool().put("deps", new JsonArray(all)) : tool().put("deps", "s0");
        });

        // When
        Definition definition = Parsed.valid(fan);

        // Then
        assertThat(definition.graph().dependants("s0")).hasSize(MOST - 2);
        assertThat(definition.graph().ends()).containsExactly("s" + (MOST - 1));
    }

    @Test
    void shouldFindTheLongestCycle() {
        Json cycle = steps(MOST, i -> tool().put("deps", "s" + (i + MOST - 1) % MOST));
        assertThat(Parsed.faults(cycle))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .endsWith(
                                "got s0 needs s9999 needs s9998 needs s9997 needs s9996 needs s9995 needs s9994 needs "
                                        + "s9993 needs s9992 needs s9991 needs ... (10000 steps) needs s0"));
    }

    @Test
    void shouldRefuseOneStepMoreAndMoreText() {
        assertThat(Parsed.faults(steps(MOST + 1, _ -> tool())))
                .singleElement()
                .hasToString("TOO_LARGE: expected at most 10000 steps, got 10001");
        String text = "x".repeat(Definitions.MOST_BYTES / 2);
        assertThat(Parsed.faults(Json.array(tool().put("input", text).build()))).isEmpty();
        for (Json large : List.of(Json.of(text + text), Json.of(text.replace('x', '\u20ac')))) {
            assertThat(Parsed.faults(Json.array(tool().put("input", large).build())))
                    .singleElement()
                    .hasToString("TOO_LARGE: expected at most 4194304 bytes in UTF-8, got more");
        }
    }

    @Test
    void shouldTakeWorkflowsWithinWorkflowsAsDeepAsJsonGoes() {
        // Given
        Json inner = Json.array(tool().build());
        for (int i = 0; i < Json.MOST_DEPTH / 2 - 2; i++) {
            inner = Json.array(Json.object("workflow", inner));
        }

        // When
        List<Fault> faults = Parsed.faults(inner.toString());

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldBearHostileDefinitions() {
        // Given
        String longName = "n".repeat(500_000);
        Json unknownFields = JsonObject.builder()
                .put("tool", "t")
                .put(longName, 1)
                .put("id", longName)
                .put("deps", longName)
                .put("onError", longName)
                .build();

        // When
        List<Fault> faults = Parsed.faults(unknownFields);

        // Then
        assertThat(faults)
                .extracting(Fault::code)
                .containsExactlyInAnyOrder(
                        Fault.Code.BAD_ID, Fault.Code.UNKNOWN_FIELD, Fault.Code.UNKNOWN_DEP, Fault.Code.BAD_VALUE);
        assertThat(faults).allSatisfy(fault -> assertThat(fault.toString()).hasSizeLessThan(1_000));
    }
}
