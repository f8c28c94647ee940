package io.breadcrumbs.runner.provider.mcp;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import org.jspecify.annotations.Nullable;

/** What the definition of an imported tool says in its {@code source}: which tool of which server it is. */
record ImportedSource(String server, String tool) {

    /** What may stand there. */
    private record Document(
            @Nullable String server, @Nullable String tool) {}

    static ImportedSource of(ToolDefinition definition) throws ToolFailure {
        String text = definition.getSource();
        Document document = text == null ? new Document(null, null) : Values.read(text, Document.class);
        if (document.server == null || document.tool == null) {
            throw ToolFailure.invalid("source", "expected {\"server\": …, \"tool\": …}, got " + text);
        }
        return new ImportedSource(document.server, document.tool);
    }

    /** The server of an MCP tool; null if the definition is of another kind, or does not say. */
    static @Nullable String serverOf(ToolDefinition definition) {
        if (definition.getKind() != ToolKind.MCP) {
            return null;
        }
        try {
            return of(definition).server;
        } catch (ToolFailure e) {
            return null; // requests are answered with that
        }
    }

    String document() {
        return Values.write(this);
    }
}
