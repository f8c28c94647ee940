package io.breadcrumbs.runner.provider.mcp.connection;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an MCP server is reached. The values of environment and headers may name secrets of the runner: <code>
 * ${secret:NAME}</code>.
 */
public sealed interface McpServer {

    /**
     * A process of ours that speaks over its standard input and output.
     *
     * @param environment beside search path, home and locale, which it inherits; nothing else is
     * @param folder where it runs; null: where the runner does
     */
    record Local(
            String command,
            List<String> arguments,
            Map<String, String> environment,
            @Nullable Path folder) implements McpServer {

        public Local {
            if (command.isBlank()) {
                throw new IllegalArgumentException("command: expected a program, got nothing");
            }
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        /** Without what may be secret. */
        @Override
        public String toString() {
            return "Local[command=" + command + "]";
        }
    }

    /** A server somewhere that speaks streamable HTTP; the operator answers for its address. */
    record Remote(URI url, Map<String, String> headers) implements McpServer {

        public Remote {
            String scheme = url.getScheme();
            if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
                throw new IllegalArgumentException("url: expected http or https, got '" + scheme + "'");
            }
            if (url.getHost() == null || url.getRawUserInfo() != null) {
                throw new IllegalArgumentException("url: expected a host without user-info before it");
            }
            headers = Map.copyOf(headers);
        }

        /** Without what may be secret. */
        @Override
        public String toString() {
            return "Remote[host=" + url.getHost() + "]";
        }
    }
}
