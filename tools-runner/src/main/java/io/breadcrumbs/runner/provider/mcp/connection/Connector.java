package io.breadcrumbs.runner.provider.mcp.connection;

import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.provider.mcp.channel.HttpChannel;
import io.breadcrumbs.runner.provider.mcp.channel.HttpEndpoint;
import io.breadcrumbs.runner.provider.mcp.channel.ProcessChannel;
import io.breadcrumbs.runner.provider.mcp.channel.ServerProcess;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes connections to one server. */
record Connector(String name, McpServer server, McpLimits limits, Secrets secrets, McpJsonMapper json) {

    /**
     * A connection that is open. Blocks; when interrupted, nothing is left of it.
     *
     * @param changed called when the list of tools has; must not block
     */
    McpSession connect(Time time, Runnable changed) throws ToolFailure, IOException, InterruptedException {
        return switch (server) {
            case McpServer.Local process -> {
                Map<String, String> environment = SecretTexts.filled(process.environment(), secrets);
                List<String> command = new ArrayList<>(process.arguments());
                command.addFirst(process.command());
                ServerProcess started =
                        ServerProcess.start(name, command, environment, process.folder(), limits.messageBytes());
                McpSession session = new McpSession(
                        name, lost -> new ProcessChannel(started, json, lost), time, limits.connectTimeout(), changed);
                opened(session);
                yield session;
            }
            case McpServer.Remote remote -> {
                Map<String, String> headers = SecretTexts.filled(remote.headers(), secrets);
                HttpEndpoint endpoint = new HttpEndpoint(remote.url(), headers, limits.connectTimeout());
                McpSession session = new McpSession(
                        name,
                        lost -> new HttpChannel(name, endpoint, json, limits.messageBytes(), lost),
                        time,
                        limits.connectTimeout(),
                        changed);
                opened(session);
                yield session;
            }
        };
    }

    private static void opened(McpSession session) throws ToolFailure, InterruptedException {
        try {
            session.open();
        } catch (ToolFailure | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
