package io.breadcrumbs.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.testkit.tool.ToolTrial;
import io.breadcrumbs.sdk.tool.JsonShape;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolSpec;
import io.breadcrumbs.sdk.tool.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all of them. */
class BuiltinsTest {

    /** Their output is another one each time. */
    private static final Set<String> VARIABLE = Set.of("random", "get_current_time");

    static Stream<Tool<?, ?>> all() {
        return JavaTools.found().stream();
    }

    @Test
    void shouldBeFoundAsServices() {
        List<String> names = new JavaTools(JavaTools.found())
                .specs().stream().map(ToolSpec::name).toList();

        assertThat(names)
                .contains("calculate", "calculator", "echo", "get_current_time", "json_transform", "random", "timer");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldExplainThemselves(Tool<?, ?> tool) throws Exception {
        ToolSpec<?, ?> spec = tool.spec();

        assertThat(spec.description()).isNotBlank();
        assertThat(spec.bounds().effects()).isEqualTo(SideEffects.NONE);
        for (JsonNode property : Values.parse(spec.schemas().input()).get("properties").properties().stream()
                .map(java.util.Map.Entry::getValue)
                .toList()) {
            assertThat(property.path("description").asText()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldDoWhatTheirExamplesSay(Tool<?, ?> tool) throws Exception {
        assertThat(tool.spec().schemas().examples()).isNotEmpty();
        for (String example : tool.spec().schemas().examples()) {
            JsonNode document = Values.parse(example);

            JsonNode output =
                    Values.parse(ToolTrial.of(tool).run(document.get("input").toString()));

            JsonShape.of(tool.spec().schemas().output()).check(document.get("output"));
            if (!VARIABLE.contains(tool.spec().name())) {
                assertThat(output).isEqualTo(document.get("output"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseFieldsThatTheyDoNotKnow(Tool<?, ?> tool) throws Exception {
        JsonNode example = Values.parse(tool.spec().schemas().examples().getFirst());
        JsonNode input = ((com.fasterxml.jackson.databind.node.ObjectNode) example.get("input")).put("strange", 1);

        assertThat(ToolTrial.of(tool).failure(input.toString()).toError().getField())
                .isEqualTo("strange");
    }
}
