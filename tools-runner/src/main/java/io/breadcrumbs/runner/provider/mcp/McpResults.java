package io.breadcrumbs.runner.provider.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the result of an MCP tool means. */
final class McpResults {

    private static final int ERROR_CHARACTERS = 2_000;

    private McpResults() {}

    /**
     * The output: what is structured, otherwise the text, otherwise all content as it came. Text that is a JSON object
     * or array becomes that; other text stays text, lest the type of an output depend on its letters.
     *
     * @throws ToolFailure if the tool says that it failed
     */
    static JsonNode output(String tool, CallToolResult result) throws ToolFailure {
        List<Content> content = Objects.requireNonNullElse(result.content(), List.of());
        if (Boolean.TRUE.equals(result.isError())) {
            String text = text(content);
            String shown = text.length() > ERROR_CHARACTERS ? text.substring(0, ERROR_CHARACTERS) + "…" : text;
            throw ToolFailure.of(ErrorKind.RUNTIME, "MCP_TOOL", "MCP tool '" + tool + "' failed: " + shown);
        }
        Object structured = result.structuredContent();
        if (structured != null) {
            return Values.parse(Values.write(structured));
        }
        return content.stream().allMatch(TextContent.class::isInstance) ? parsed(text(content)) : all(content);
    }

    private static String text(List<Content> content) {
        return content.stream()
                .filter(TextContent.class::isInstance)
                .map(each -> Objects.requireNonNullElse(((TextContent) each).text(), ""))
                .collect(Collectors.joining("\n"));
    }

    private static JsonNode parsed(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                return Values.parse(stripped);
            } catch (ToolFailure e) {
                // it is text that only begins like JSON
            }
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private static JsonNode all(List<Content> content) throws ToolFailure {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Content each : content) {
            all.add(Values.parse(Values.write(each)));
        }
        return all;
    }
}
