package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.tool.Values;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes definitions out of what a server says of its tools. */
record ImportedTools(String server, McpSource source, String author) {

    private static final Logger LOG = LoggerFactory.getLogger(ImportedTools.class);
    private static final int NAME_CHARACTERS = 64;
    private static final int VERSION_CHARACTERS = 32;

    /**
     * The definitions of a server's tools; of those whose names are the same in our alphabet, the first.
     *
     * @param version of the server, which is that of its tools
     */
    List<ToolDefinition> of(String version, List<Tool> tools, Instant now) {
        Map<String, ToolDefinition> definitions = new LinkedHashMap<>();
        for (Tool tool : tools) {
            ToolDefinition definition = definition(tool, name(tool), version(version), now);
            if (definitions.putIfAbsent(definition.getName(), definition) != null) {
                LOG.warn(
                        "MCP server {} has more than one tool that would be '{}': only the first is taken",
                        server,
                        definition.getName());
            }
        }
        return List.copyOf(definitions.values());
    }

    private String name(Tool tool) {
        String plain = plain(source.prefix() + tool.name());
        return cut(plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "t" + plain : plain, NAME_CHARACTERS);
    }

    private static String version(String version) {
        return version.isEmpty() ? "1" : cut(plain(version), VERSION_CHARACTERS);
    }

    private static String plain(String text) {
        return text.replaceAll("[^a-zA-Z0-9_.-]", "_");
    }

    private static String cut(String text, int atMost) {
        return text.length() > atMost ? text.substring(0, atMost) : text;
    }

    private ToolDefinition definition(Tool tool, String name, String version, Instant now) {
        Map<String, Object> output = tool.outputSchema();
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name + " / " + version, Metas.DEFAULT_WORKSPACE, author, now))
                .setName(name)
                .setVersion(version)
                .setDescription(Objects.requireNonNullElse(tool.description(), ""))
                .setKind(ToolKind.MCP)
                .setSource(new ImportedSource(server, tool.name()).document())
                .setPool(source.pool())
                .setInputSchema(Values.write(tool.inputSchema() == null ? Map.of() : tool.inputSchema()))
                .setOutputSchema(output == null ? null : Values.write(output))
                .setTimeoutMs(source.timeout().toMillis())
                .setSideEffects(effects(tool.annotations()))
                .build();
    }

    /** What the server says; what it does not say may not be done twice. */
    private static SideEffects effects(@Nullable ToolAnnotations hints) {
        if (hints != null && Boolean.TRUE.equals(hints.readOnlyHint())) {
            return SideEffects.NONE;
        }
        return hints != null && Boolean.TRUE.equals(hints.idempotentHint()) ? SideEffects.IDEMPOTENT : SideEffects.ONCE;
    }
}
