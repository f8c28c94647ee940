package io.breadcrumbs.local.mcp;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.console.Target;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets an MCP client that starts its servers as processes use a platform. */
@Command(
        name = "mcp",
        description = "Speaks MCP over standard input and output, on behalf of a platform's MCP server.",
        footer = {
            "",
            "In the configuration of an MCP client:",
            "  {\"mcpServers\": {\"breadcrumbs\": {\"command\": \"/path/to/crumb\", \"args\": [\"mcp\"]}}}",
            "",
            "It ends when standard input does.",
            "Exit codes: 0 its input has ended, 1 it cannot go on, 2 wrong command line, 3 no platform answers."
        })
public final class McpCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--workspace", paramLabel = "NAME", description = "The workspace to work in. Default: default")
    private @Nullable String workspace;

    @Option(names = "--agent", paramLabel = "NAME", description = "The name to work in. Default: mcp")
    private String agent = "mcp";

    @Mixin
    private final Target target = new Target();

    public McpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        URI server = URI.create(target.door() + "/mcp");
        try (Upstream upstream = new Upstream(server, headers())) {
            new Bridge(console, upstream).run();
            return ExitCode.OK;
        } catch (IOException e) {
            throw new FailureException(ExitCode.FAILED, "standard input cannot be read: " + e.getMessage());
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Breadcrumbs-Agent", agent);
        if (workspace != null) {
            headers.put("Breadcrumbs-Workspace", workspace);
        }
        String apiKey = target.key();
        if (apiKey != null && !apiKey.isBlank()) {
            headers.put("X-API-Key", apiKey);
        }
        return headers;
    }
}
