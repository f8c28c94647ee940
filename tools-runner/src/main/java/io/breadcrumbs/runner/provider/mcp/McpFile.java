package io.breadcrumbs.runner.provider.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file in which MCP clients keep their servers: {@code {"mcpServers": {NAME: {"command", "args", "env"} or {"url",
 * "headers"}}}}. Ours may also say {@code prefix}, {@code pool}, {@code timeoutMs} and {@code disabled} of a server.
 */
public final class McpFile {

    private static final Set<String> OURS = Set.of("type", "prefix", "pool", "timeoutMs", "disabled");
    private static final Set<String> OF_PROCESSES = Set.of("command", "args", "env", "cwd");
    private static final Set<String> OF_REMOTES = Set.of("url", "headers");
    private static final Set<String> REMOTE_TYPES = Set.of("http", "streamable-http", "streamableHttp");

    private McpFile() {}

    /**
     * The servers of a file.
     *
     * @throws IllegalArgumentException with what is wrong, and where
     */
    public static Map<String, McpSource> parse(String text) {
        JsonNode file;
        try {
            file = Values.parse(text);
        } catch (ToolFailure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (!file.path("mcpServers").isObject() || file.size() != 1) {
            throw new IllegalArgumentException("expected {\"mcpServers\": {…}} and nothing beside it");
        }
        Map<String, McpSource> servers = new LinkedHashMap<>();
        file.path("mcpServers").properties().forEach(server -> {
            try {
                servers.put(server.getKey(), new Reader(server.getValue()).source(server.getKey()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("mcpServers." + server.getKey() + "." + e.getMessage(), e);
            }
        });
        return servers;
    }

    /** Reads what the file says of one server. */
    private record Reader(JsonNode node) {

        McpSource source(String name) {
            boolean process = node.has("command");
            if (process == node.has("url")) {
                throw new IllegalArgumentException("command: expected either this or url");
            }
            demandKnown(process ? OF_PROCESSES : OF_REMOTES);
            demandType(process);
            McpSource plain = McpSource.of(name, process ? process() : remote());
            return new McpSource(
                    plain.server(),
                    orElse(text("prefix"), plain.prefix()),
                    orElse(text("pool"), plain.pool()),
                    timeout(),
                    !flag("disabled"));
        }

        private void demandKnown(Set<String> own) {
            Set<String> known = new TreeSet<>(OURS);
            known.addAll(own);
            node.fieldNames().forEachRemaining(field -> {
                if (!known.contains(field)) {
                    throw new IllegalArgumentException(field + ": expected one of " + known);
                }
            });
        }

        private void demandType(boolean process) {
            String type = text("type");
            if (type == null || (process ? type.equals("stdio") : REMOTE_TYPES.contains(type))) {
                return;
            }
            throw new IllegalArgumentException("type: expected " + (process ? "stdio" : "http") + ", got '" + type + "'"
                    + (type.equals("sse") ? ": this server must speak streamable HTTP" : ""));
        }

        private McpServer process() {
            String folder = text("cwd");
            return new McpServer.Local(
                    orElse(text("command"), ""),
                    texts("args"),
                    textsByName("env"),
                    folder == null ? null : Path.of(folder));
        }

        private McpServer remote() {
            try {
                return new McpServer.Remote(new URI(orElse(text("url"), "")), textsByName("headers"));
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("url: expected a URL, got " + e.getReason(), e);
            }
        }

        private Duration timeout() {
            JsonNode timeout = node.path("timeoutMs");
            if (timeout.isMissingNode()) {
                return McpSource.DEFAULT_TIMEOUT;
            }
            if (!timeout.canConvertToInt() || timeout.intValue() < 1) {
                throw new IllegalArgumentException("timeoutMs: expected a number of milliseconds, got " + timeout);
            }
            return Duration.ofMillis(timeout.intValue());
        }

        private boolean flag(String field) {
            JsonNode flag = node.path(field);
            if (!flag.isMissingNode() && !flag.isBoolean()) {
                throw new IllegalArgumentException(field + ": expected true or false, got " + flag);
            }
            return flag.booleanValue();
        }

        private @Nullable String text(String field) {
            JsonNode text = node.path(field);
            return text.isMissingNode() ? null : text(field, text);
        }

        private List<String> texts(String field) {
            List<String> texts = new ArrayList<>();
            JsonNode all = node.path(field);
            if (!all.isMissingNode() && !all.isArray()) {
                throw new IllegalArgumentException(field + ": expected a list of texts");
            }
            all.forEach(each -> texts.add(text(field, each)));
            return texts;
        }

        private Map<String, String> textsByName(String field) {
            Map<String, String> texts = new LinkedHashMap<>();
            JsonNode all = node.path(field);
            if (!all.isMissingNode() && !all.isObject()) {
                throw new IllegalArgumentException(field + ": expected texts by their names");
            }
            all.properties().forEach(each -> texts.put(each.getKey(), text(field, each.getValue())));
            return texts;
        }

        /** Without the value: it may be a secret. */
        private static String text(String field, JsonNode value) {
            if (!value.isTextual()) {
                throw new IllegalArgumentException(field + ": expected a text, got " + value.getNodeType());
            }
            return value.textValue();
        }

        private static String orElse(@Nullable String text, String otherwise) {
            return text == null ? otherwise : text;
        }
    }
}
