package io.breadcrumbs.runner.provider.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.Provider;
import io.breadcrumbs.runner.provider.mcp.connection.McpSession;
import io.breadcrumbs.runner.provider.mcp.connection.ServerFailures;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Executes tools of MCP servers. */
public final class McpTools implements Provider {

    private final McpServers servers;

    public McpTools(McpServers servers) {
        this.servers = servers;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.MCP;
    }

    /** Does not connect: a server that is away makes requests fail, not definitions. */
    @Override
    public Executable prepare(ToolDefinition definition) throws ToolFailure {
        ImportedSource source = ImportedSource.of(definition);
        if (!servers.names().contains(source.server())) {
            throw ToolFailure.of(
                    ErrorKind.NOT_FOUND,
                    "MCP_SERVER",
                    "this runner has no MCP server '" + source.server() + "'; it has " + servers.names());
        }
        ToolLimits limits = definition.getLimits();
        Long bytes = limits == null ? null : limits.getOutputBytes();
        return new McpTool(
                servers,
                source,
                definition.getSideEffects() == SideEffects.ONCE,
                bytes == null ? servers.settings().outputBytes() : bytes);
    }

    @Override
    public Optional<String> lacks(ToolDefinition definition) {
        String server = ImportedSource.serverOf(definition);
        boolean known = server == null || servers.settings().servers().containsKey(server);
        return known || servers.settings().alone()
                ? Optional.empty()
                : Optional.of("tools of MCP server '" + server + "', which this runner lacks: add it, or say once that"
                        + " it is disabled, which takes its tools out of the catalogue");
    }

    /** @param once whether it must not be executed again if nobody knows what became of the first time */
    private record McpTool(McpServers servers, ImportedSource source, boolean once, long outputBytes)
            implements Executable {

        @Override
        public String execute(JsonNode input, ToolContext context) throws ToolFailure, InterruptedException {
            if (!input.isObject()) {
                throw ToolFailure.invalid("", "expected an object, got " + input.getNodeType());
            }
            String output =
                    McpResults.output(source.tool(), call(input, context)).toString();
            if (output.getBytes(StandardCharsets.UTF_8).length > outputBytes) {
                throw ToolFailure.limit(
                        "TOO_LARGE",
                        "expected at most " + outputBytes + " bytes from MCP tool '" + source.tool() + "', got more");
            }
            return output;
        }

        private CallToolResult call(JsonNode input, ToolContext context) throws ToolFailure, InterruptedException {
            Map<String, Object> arguments = new LinkedHashMap<>();
            input.properties().forEach(property -> arguments.put(property.getKey(), property.getValue()));
            McpSession session = servers.session(source.server());
            try {
                return session.call(source.tool(), arguments, context);
            } catch (ToolFailure e) {
                if (once && e.toError().getCode().equals(ServerFailures.LOST)) {
                    throw ToolFailure.of(ErrorKind.OUTCOME_UNKNOWN, "OUTCOME_UNKNOWN", String.valueOf(e.getMessage()));
                }
                throw e;
            }
        }
    }
}
