package io.breadcrumbs.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.platform.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrumbCommandTest {

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return CrumbCommand.run(Reader.nullReader(), new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void shouldSayHowItIsUsedWithoutArguments() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("up", "down", "topics", "tail", "publish", "format", "test", "version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void shouldSayHowItIsUsedWhenAsked(String question) {
        assertThat(run(question)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: crumb [-hV] [COMMAND]").contains("./crumb up --detach");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version", "up --version", "bench lanes -V"})
    void shouldSayItsVersionWhenAsked(String question) {
        assertThat(run(question.split(" ", -1))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo(Version.line() + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "topics",
                "tail",
                "publish",
                "dlq",
                "dlq list",
                "dlq show",
                "dlq retry",
                "dlq delete",
                "run",
                "run start",
                "run fork",
                "run status",
                "run watch",
                "run history",
                "run list",
                "run why",
                "run cancel",
                "run pause",
                "run resume",
                "run retry",
                "run signal",
                "run approve",
                "run reject",
                "workflow",
                "workflow save",
                "workflow list",
                "workflow show",
                "workflow delete",
                "demo",
                "mcp",
                "format",
                "test",
                "version",
                "bench",
                "bench lanes",
                "bench runs",
                "help"
            })
    void shouldExplainEveryCommand(String command) {
        for (String question : List.of("--help", "-h")) {
            assertThat(run((command + " " + question).split(" ", -1))).isEqualTo(ExitCode.OK);
        }
        assertThat(out.toString().split("Usage: crumb " + command, -1)).hasSize(3);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upp",
                "tail",
                "publish",
                "topics --nope",
                "up --port x",
                "tail t --from middle",
                "dlq",
                "dlq show",
                "dlq retry",
                "dlq delete a --all",
                "dlq retry a --topic t",
                "run",
                "run start",
                "run start no-such-file",
                "run start f --watch --wait",
                "run status",
                "run list --status done",
                "run signal r",
                "run signal r s {",
                "run approve r",
                "demo --runs 0",
                "bench runs",
                "bench runs --shape five",
                "bench runs --shape one --effects some",
                "bench runs --shape one --clients 0"
            })
    void shouldRefuseAWrongCommandLine(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"topics", "tail tool.v1", "publish -", "dlq list", "dlq delete --all", "run list", "run cancel r"
            })
    void shouldSayHowToStartAPlatformWhenNoneAnswers(String line) throws IOException {
        int port = closedPort();
        String[] arguments = (line + " --url http://127.0.0.1:" + port).split(" ", -1);

        assertThat(run(arguments)).isEqualTo(ExitCode.NO_PLATFORM);
        assertThat(err.toString()).contains("no platform answers at").contains("./crumb up");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2x", "0", "-1s", "soon", "1.2345"})
    void shouldRefuseATimeoutThatIsNone(String timeout) {
        assertThat(run("call", "echo", "{}", "--timeout=" + timeout)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("expected a duration above 0 such as 500ms, 2s or 1m30s, got '" + timeout);
    }

    @ParameterizedTest
    @CsvSource({"2s,2000", "2,2000", "0.5,500", "500ms,500", "1m30s,90000", "PT5S,5000"})
    void shouldReadDurationsAsPeopleTypeThem(String text, long millis) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void shouldRefuseAConditionWithoutValue() {
        assertThat(run("tail", "tool.v1", "--where", "nothing")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("expected field=value, got 'nothing'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuch=1   | no field nosuch; ToolCancel has meta, requestId, runId, journalSequence, reason",
                "meta.tgas= | no field meta.tgas; meta has id, schemaName, title, tags, ",
                "reason.n=1 | no field reason.n; reason has none"
            })
    void shouldRefuseAConditionThatNoRecordOfTheTopicCanMeet(String condition, String message) {
        assertThat(run("tail", "tool.cancel.v1", "--where", "runId=r", "--where", condition))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("crumb: --where: " + message);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=65536", "--kafka-port=-1", "--registry-port=99999"})
    void shouldRefuseAPortThatIsNone(String option) {
        assertThat(run("up", "--data=" + temp.resolve("d"), option)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().strip()).isEqualTo("crumb: " + option.replace("=", ": expected 0 to 65535, got "));
    }

    @Test
    void shouldRefuseToAllowWhatCannotBeRun() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        for (Path command : List.of(file, temp, temp.resolve("none"))) {
            assertThat(run("up", "--data=" + temp.resolve("d"), "--allow-command=" + command))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).endsWith("expected an executable file, got " + command + System.lineSeparator());
        }
    }

    @Test
    void shouldRefuseToAllowWhatIsNoHost() {
        assertThat(run("up", "--data=" + temp.resolve("d"), "--allow-host=http://example.com/x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--allow-host: hosts: expected names such as 'api.example.com'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"mcpServers": {"it": {"comand": "x"}}}                | mcpServers.it.command: expected either this or url
            {"mcpServers": {"it": {"command": "x"}}, "more": 1}    | nothing beside it
            {"mcpServers": {"it": {"command": "x", "pool": "p"}}}  | expected one of the pools [default], got 'p'
            """)
    void shouldSayWhatIsWrongWithMcpServers(String text, String message) throws IOException {
        Path file = Files.writeString(temp.resolve("mcp.json"), text);

        assertThat(run("up", "--data=" + temp.resolve("d"), "--mcp=" + file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("crumb: --mcp: " + file + ": ").contains(message);
        assertThat(run("up", "--data=" + temp.resolve("d"), "--mcp=" + temp.resolve("none")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("expected a file that can be read");
    }

    @Test
    void shouldNameATakenPortInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int code = run(
                    "up",
                    "--data=" + temp.resolve("d"),
                    "--port=0",
                    "--registry-port=0",
                    "--kafka-port=" + taken.getLocalPort());

            assertThat(code).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString().lines())
                    .containsExactly("crumb: port " + taken.getLocalPort()
                            + " for Kafka is taken by another process; stop it, or choose another with --kafka-port");
        }
    }

    @Test
    void shouldNameAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThat(run("up", "--data=" + file)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(file.toString()).contains("--data");
    }

    @Test
    void shouldSayThatNothingRuns() {
        assertThat(run("down", "--data=" + temp)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("no platform runs on " + temp);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
