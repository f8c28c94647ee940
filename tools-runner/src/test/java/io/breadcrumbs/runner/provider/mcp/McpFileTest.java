package io.breadcrumbs.runner.provider.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpFileTest {

    @Test
    void shouldReadWhatMcpClientsHave() {
        Map<String, McpSource> servers = McpFile.parse("""
                {"mcpServers": {
                  "files": {"command": "npx", "args": ["-y", "a-package"], "env": {"A": "b"}},
                  "web": {"type": "http", "url": "https://mcp.example.com/mcp", "headers": {"X": "${secret:x}"}}
                }}""");

        assertThat(servers)
                .containsEntry(
                        "files",
                        new McpSource(
                                new McpServer.Local("npx", List.of("-y", "a-package"), Map.of("A", "b"), null),
                                "files_",
                                "default",
                                Duration.ofSeconds(30),
                                true))
                .containsEntry(
                        "web",
                        new McpSource(
                                new McpServer.Remote(
                                        URI.create("https://mcp.example.com/mcp"), Map.of("X", "${secret:x}")),
                                "web_",
                                "default",
                                Duration.ofSeconds(30),
                                true))
                .hasSize(2);
    }

    @Test
    void shouldReadWhatIsOurs() {
        Map<String, McpSource> servers = McpFile.parse("""
                {"mcpServers": {"files": {"type": "stdio", "command": "x", "cwd": "/tmp", "prefix": "", "pool": "gpu",
                  "timeoutMs": 120000, "disabled": true}}}""");

        assertThat(servers)
                .containsOnly(Map.entry(
                        "files",
                        new McpSource(
                                new McpServer.Local("x", List.of(), Map.of(), Path.of("/tmp")),
                                "",
                                "gpu",
                                Duration.ofMinutes(2),
                                false)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                   | command: expected either this or url
            {"command": "x", "url": "http://a"}                  | command: expected either this or url
            {"command": ""}                                      | command: expected a program
            {"command": "x", "headers": {}}                      | headers: expected one of [args, command, cwd
            {"command": "x", "args": "y"}                        | args: expected a list
            {"command": "x", "args": [1]}                        | args: expected a text, got NUMBER
            {"command": "x", "env": {"A": 1}}                    | env: expected a text, got NUMBER
            {"command": "x", "env": []}                          | env: expected texts by their names
            {"command": "x", "type": "http"}                     | type: expected stdio, got 'http'
            {"url": "http://a", "type": "sse"}                   | must speak streamable HTTP
            {"url": "ftp://a"}                                   | url: expected http or https
            {"url": "http://u:p@a"}                              | url: expected a host without user-info
            {"url": "http://a b"}                                | url: expected a URL
            {"command": "x", "prefix": "a b"}                    | prefix: expected up to 40
            {"command": "x", "timeoutMs": 0}                     | timeoutMs: expected a number of milliseconds
            {"command": "x", "disabled": "no"}                   | disabled: expected true or false
            """)
    void shouldSayWhatIsWrongAndWhere(String server, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpFile.parse("{\"mcpServers\": {\"it\": " + server + "}}"))
                .withMessageStartingWith("mcpServers.it.")
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"servers": {}}                          | expected {"mcpServers"
            {"mcpServers": {}, "more": 1}            | nothing beside it
            {"mcpServers"                            | expected a JSON document
            """)
    void shouldRefuseAnotherFile(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpFile.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void shouldRefuseNamesThatNoToolCouldBegin() {
        McpSource source = McpSource.of("a", new McpServer.Local("x", List.of(), Map.of(), null));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpFile.parse("{\"mcpServers\": {\"a b\": {\"command\": \"x\"}}}"))
                .withMessageContaining("expected a name")
                .withMessageContaining("'a b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpSettings.DEFAULT.withServers(Map.of("a b", source)))
                .withMessageContaining("'a b'");
    }
}
