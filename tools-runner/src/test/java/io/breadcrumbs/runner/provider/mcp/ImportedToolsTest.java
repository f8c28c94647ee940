package io.breadcrumbs.runner.provider.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedToolsTest {

    private static final Map<String, Object> SHAPE = Map.of("type", "object");

    private static List<ToolDefinition> imported(String prefix, String version, Tool... tools) {
        McpSource plain = McpSource.of("files", new McpServer.Local("x", List.of(), Map.of(), null));
        McpSource source = new McpSource(plain.server(), prefix, plain.pool(), plain.timeout(), true);
        return new ImportedTools("files", source, "here").of(version, Arrays.asList(tools), Instant.EPOCH);
    }

    private static Tool tool(String name) {
        return Tool.builder(name, SHAPE).build();
    }

    @Test
    void shouldSayWhatTheServerSays() {
        Tool tool = Tool.builder("read", SHAPE)
                .description("Reads.")
                .outputSchema(Map.of("type", "string"))
                .build();

        ToolDefinition definition = imported("f_", "2.0", tool).getFirst();

        assertThat(definition.getName()).isEqualTo("f_read");
        assertThat(definition.getVersion()).isEqualTo("2.0");
        assertThat(definition.getKind()).isEqualTo(ToolKind.MCP);
        assertThat(definition.getSource()).isEqualTo("{\"server\":\"files\",\"tool\":\"read\"}");
        assertThat(definition.getDescription()).isEqualTo("Reads.");
        assertThat(definition.getInputSchema()).isEqualTo("{\"type\":\"object\"}");
        assertThat(definition.getOutputSchema()).isEqualTo("{\"type\":\"string\"}");
        assertThat(definition.getTimeoutMs()).isEqualTo(30_000);
        assertThat(definition.getMeta().getId()).isEqualTo("f_read / 2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "'', read file!, read_file_",
        "'', 3d, t3d",
        "p-, über, p-_ber",
        "p_, 01234567890123456789012345678901234567890123456789012345678901234567890123456789, "
                + "p_01234567890123456789012345678901234567890123456789012345678901"
    })
    void shouldNameToolsInOurAlphabet(String prefix, String name, String expected) {
        assertThat(imported(prefix, "1", tool(name)).getFirst().getName()).isEqualTo(expected);
    }

    @Test
    void shouldTakeTheFirstOfTwoThatAreCalledTheSame() {
        List<ToolDefinition> definitions = imported("", "", tool("a b"), tool("a_b"), tool("c"));

        assertThat(definitions).extracting(ToolDefinition::getName).containsExactly("a_b", "c");
        assertThat(definitions.getFirst().getSource()).contains("a b");
        assertThat(definitions.getFirst().getVersion()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"true, , NONE", "true, false, NONE", "false, true, IDEMPOTENT", "false, false, ONCE", ", , ONCE"})
    void shouldDoNothingTwiceUnlessTheServerSaysThatItMay(
            @Nullable Boolean reads, @Nullable Boolean idempotent, SideEffects expected) {
        Tool tool = Tool.builder("t", SHAPE)
                .annotations(new ToolAnnotations(null, reads, null, idempotent, null, null))
                .build();

        assertThat(imported("", "1", tool).getFirst().getSideEffects()).isEqualTo(expected);
        assertThat(imported("", "1", tool("t")).getFirst().getSideEffects()).isEqualTo(SideEffects.ONCE);
    }
}
