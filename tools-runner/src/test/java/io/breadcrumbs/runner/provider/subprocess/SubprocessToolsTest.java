package io.breadcrumbs.runner.provider.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.runner.provider.Executable;
import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SubprocessToolsTest {

    /** Connects to a port and says so; whoever listens sees the connection end with the last process that holds it. */
    private static final String REPORT = "exec 3<>/dev/tcp/127.0.0.1/$1; echo here >&3; sleep 1000";

    private static final int PATIENCE_MS = 20_000;

    @TempDir
    private Path temp;

    private Path file = Path.of("/");

    private final FakeContext context = new FakeContext(Instant.EPOCH, Map.of("API", "s3cret"));

    @BeforeEach
    void choose() {
        file = temp.resolve("tool.sh");
    }

    private SubprocessTools tools() {
        return new SubprocessTools(new SubprocessSettings(Set.of(file), 1, 2_000));
    }

    private static ToolDefinition definition(@Nullable String source, @Nullable ToolLimits limits) {
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, "1", Metas.DEFAULT_WORKSPACE, "test", Instant.EPOCH))
                .setName("tool")
                .setKind(ToolKind.SUBPROCESS)
                .setSource(source)
                .setLimits(limits)
                .build();
    }

    private static String source(String... command) {
        return Values.write(Map.of("command", List.of(command)));
    }

    /** A tool whose command is a script with this body. */
    private Executable tool(String body, String... arguments) throws IOException, ToolFailure {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        String[] command = new String[arguments.length + 1];
        command[0] = file.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ToolLimits limits = ToolLimits.newBuilder().setSecrets(List.of("API")).build();
        return tools().prepare(definition(source(command), limits));
    }

    private String execute(String body, String... arguments) throws Exception {
        return tool(body, arguments).execute(Values.parse("{\"a\": [1, \"é\"]}"), context);
    }

    private ToolError error(String body) {
        return catchThrowableOfType(ToolFailure.class, () -> execute(body)).toError();
    }

    @Test
    void shouldGiveInputAndAnswerOutput() throws Exception {
        assertThat(execute("cat; echo")).isEqualTo("{\"a\":[1,\"é\"]}");
    }

    @Test
    void shouldNotCareWhetherInputIsRead() throws Exception {
        JsonNode large = Values.parse("\"" + "x".repeat(1_000_000) + "\"");

        assertThat(tool("echo 1").execute(large, context)).isEqualTo("1");
    }

    @Test
    void shouldPassArgumentsAsTheyAre() throws Exception {
        String output = execute("printf '[\"%s\",\"%s\",%s]' \"$1\" \"$2\" $#", "$HOME; exit 1", "*");

        assertThat(output).isEqualTo("[\"$HOME; exit 1\",\"*\",2]");
    }

    @Test
    void shouldGiveAnEnvironmentOfItsOwn() throws Exception {
        String output = execute("printf '\"%s\"' \"$(env | cut -d= -f1 | sort | tr '\\n' ' ')\"");
        String values = execute("printf '\"%s %s %s\"' $CRUMB_SECRET_API $CRUMB_REQUEST_ID $CRUMB_IDEMPOTENCY_KEY");

        assertThat(output)
                .isEqualTo(
                        "\"CRUMB_EXECUTION CRUMB_IDEMPOTENCY_KEY CRUMB_REQUEST_ID CRUMB_SECRET_API HOME LANG PATH PWD"
                                + " SHLVL TMPDIR _ \"");
        assertThat(values).isEqualTo("\"s3cret request-1 key-1\"");
    }

    @Test
    void shouldWorkInAFolderThatIsRemoved() throws Exception {
        String body = "mkdir -p a/b; touch a/b/c .d; ln -s " + temp + " a/link; printf '[\"%s\",\"%s\"]' $PWD $HOME";

        JsonNode folders = Values.parse(execute(body));

        assertThat(folders.get(0)).isEqualTo(folders.get(1));
        assertThat(Path.of(folders.get(0).textValue()).getParent()).doesNotExist();
        assertThat(file).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo one >&2; echo two >&2; exit 3 | expected exit code 0, got 3: one~two",
                "exit 1 | expected exit code 0, got 1 and nothing on standard error",
                "kill -9 $$ | expected exit code 0, got 137 and nothing on standard error",
                "echo \"my $CRUMB_SECRET_API\" >&2; exit 1 | expected exit code 0, got 1: my …",
                "echo hello | standard output: expected a JSON document, got one with a fault at line 1, column 1: Unr",
                "echo 1 2 | standard output: expected a JSON document, got one with a fault at line 1, column 3: expected nothing",
                "echo '{' | standard output: expected a JSON document, got one with a fault at line 1, column 2: Unexp",
                "true | standard output: expected a JSON document, got nothing",
                "printf '\"\\xff\"' | standard output: expected a JSON document, got bytes that are no text in UTF-8"
            })
    void shouldSayHowACommandFailed(String body, String message) {
        ToolError error = error(body);

        assertThat(error.getKind()).isEqualTo(ErrorKind.RUNTIME);
        assertThat(error.getMessage()).startsWith(message.replace('~', '\n')).doesNotContain("[Source");
        assertThat(error.getRetryable()).isFalse();
    }

    @Test
    void shouldTellTheLastOfMuchThatWasComplained() {
        ToolError error = error("yes complaint | head -n 1000000 >&2; echo the last >&2; exit 1");

        assertThat(error.getMessage()).endsWith("complaint\nthe last").hasSizeLessThan(2_100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "head -c 2001 /dev/zero", "yes & wait"})
    void shouldStopACommandThatSaysTooMuch(String body) {
        ToolError error = error(body);

        assertThat(error.getKind()).isEqualTo(ErrorKind.CAPACITY);
        assertThat(error.getCode()).isEqualTo("OUTPUT_TOO_LARGE");
        assertThat(error.getRetryable()).isFalse();
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MS);
        return server;
    }

    enum Stop {
        INTERRUPTED,
        CLOSED
    }

    @ParameterizedTest
    @CsvSource({"INTERRUPTED", "CLOSED"})
    void shouldKillACommandWithItsChildren(Stop stop) throws Exception {
        try (ServerSocket server = listen()) {
            Executable tool = tool("bash -c '" + REPORT + "' child $1 & wait", String.valueOf(server.getLocalPort()));
            FutureTask<String> result = new FutureTask<>(() -> tool.execute(Values.parse("{}"), context));
            Thread thread = Thread.startVirtualThread(result);
            try (Socket child = server.accept();
                    BufferedReader said =
                            new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                child.setSoTimeout(PATIENCE_MS);
                assertThat(said.readLine()).isEqualTo("here");

                switch (stop) {
                    case INTERRUPTED -> thread.interrupt();
                    case CLOSED -> context.closeAll();
                }

                assertThatThrownBy(result::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfAny(InterruptedException.class, ToolFailure.class);
                assertThat(said.read()).as("end of the connection").isEqualTo(-1);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLeaveNothingRunningBehind() throws Exception {
        try (ServerSocket server = listen()) {
            String port = String.valueOf(server.getLocalPort());
            String body =
                    "mkfifo up; (setsid bash -c 'exec 3<>/dev/tcp/127.0.0.1/$1; echo > up; sleep 1000' child $1 &);"
                            + " read < up; echo 1";

            String output = execute(body, port);

            assertThat(output).isEqualTo("1");
            try (Socket child = server.accept()) {
                child.setSoTimeout(PATIENCE_MS);
                assertThat(child.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void shouldRunNothingUnlessItIsAllowed() throws Exception {
        SubprocessTools none = new SubprocessTools(SubprocessSettings.DEFAULT);
        tool("echo 1");

        for (String command : List.of("/bin/sh", file.toString())) {
            assertPermission(none, command);
        }
        for (String command : List.of("sh", "tool.sh", file + "/../../sh", temp.toString(), "")) {
            assertPermission(tools(), command);
        }
    }

    private static void assertPermission(SubprocessTools tools, String command) {
        ToolFailure failure = catchThrowableOfType(
                ToolFailure.class, () -> tools.prepare(definition(source(command, "-c", "echo 1"), null)));
        assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
        assertThat(failure).hasMessageContaining("'" + command + "'");
    }

    @Test
    void shouldSayThatACommandIsNotThere() throws Exception {
        Executable tool = tool("echo 1");
        Files.delete(file);

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> tool.execute(Values.parse("{}"), context));

        assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(failure.toError().getCode()).isEqualTo("COMMAND_NOT_FOUND");
    }

    @Test
    void shouldSayThatACommandCannotBeStarted() throws Exception {
        Executable tool = tool("echo 1");
        Files.writeString(file, "#!/no/such/interpreter\n");

        assertThatThrownBy(() -> tool.execute(Values.parse("{}"), context))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("could not be started");
    }

    @Test
    void shouldNotStartWithoutASecretThatItNames() throws Exception {
        Executable tool = tool("echo 1");

        assertThatThrownBy(() -> tool.execute(Values.parse("{}"), new FakeContext(Instant.EPOCH, Map.of())))
                .isInstanceOfSatisfying(
                        ToolFailure.class, failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "no",
                "{\"command\": []}",
                "{\"command\": \"ls\"}",
                "{\"command\": [null]}",
                "{\"command\": [\"a\\u0000\"]}",
                "{\"command\": [\"/bin/sh\"], \"shell\": true}"
            })
    void shouldRefuseADefinitionWithoutCommand(String source) {
        assertThatThrownBy(() -> tools().prepare(definition(source, null)))
                .isInstanceOfSatisfying(
                        ToolFailure.class, failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VALIDATION));
        assertThatThrownBy(() -> tools().prepare(definition(null, null))).hasMessageContaining("got no such list");
    }

    @Test
    void shouldRefuseLimitsThatNobodyWouldKeep() {
        List<ToolLimits> limits = List.of(
                ToolLimits.newBuilder().setCpuMs(1L).build(),
                ToolLimits.newBuilder().setMemoryBytes(1L).build(),
                ToolLimits.newBuilder().setHosts(List.of("a.test")).build(),
                ToolLimits.newBuilder().setOutputBytes(0L).build());

        assertThat(limits)
                .allSatisfy(limit -> assertThatThrownBy(
                                () -> tools().prepare(definition(source(file.toString()), limit)))
                        .hasMessageStartingWith("expected "));
    }

    @Test
    void shouldDemandAbsolutePathsOfWhoeverAllowsThem() {
        assertThatThrownBy(() -> SubprocessSettings.DEFAULT.allowing(Set.of(Path.of("sh"))))
                .hasMessage("commands: expected absolute paths, got sh");
    }
}
