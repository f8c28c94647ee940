package io.breadcrumbs.sdk.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/workflows.md shows is so. */
class WorkflowsPageTest {

    private static String page() throws IOException {
        Path here = Path.of("docs/workflows.md");
        return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
    }

    private static List<String> all(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void shouldShowDefinitionsWithoutFaults() throws IOException {
        List<String> examples = all("^```json\n(.*?)^```");
        assertThat(examples).hasSize(9);
        assertThat(examples)
                .allSatisfy(example -> assertThat(Parsed.faults(example)).isEmpty());
    }

    @Test
    void shouldListTheCodesOfFaults() throws IOException {
        assertThat(all("^\\| `([A-Z_]+)` \\|"))
                .containsExactlyElementsOf(
                        Arrays.stream(Fault.Code.values()).map(Enum::name).toList());
    }
}
