package io.breadcrumbs.runner.provider.mcp.connection;

import static io.breadcrumbs.runner.provider.mcp.connection.Eventually.assertThatSoon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessLinkTest {

    @TempDir
    private Path folder;

    private final SystemTime time = new SystemTime("test");

    private McpLink link = link(new McpServer.Local("none", List.of(), Map.of(), null));

    private McpLink link(McpServer server) {
        return new McpLink(
                "trial",
                server,
                new McpLimits(Duration.ofSeconds(20), 50_000),
                new McpLink.Around(name -> Optional.of("secret called " + name), time),
                () -> {});
    }

    @AfterEach
    void shouldLeaveNoThreadAndNoProcess() throws Exception {
        link.close();
        time.close();
        assertThat(TrialProcess.alive(folder)).isEmpty();
        assertThatSoon("its threads have ended", () -> Threads.ofConnections().isEmpty());
    }

    private FakeContext context() {
        return new FakeContext(time.now().plusSeconds(30), Map.of());
    }

    private void connect() throws Exception {
        link = link(TrialProcess.in(folder));
        assertThat(link.session().tools()).isNotEmpty();
    }

    private CallToolResult call(String tool, FakeContext context) throws Exception {
        return link.session().call(tool, Map.of("message", "hello"), context);
    }

    private String text(String tool) throws Exception {
        return ((TextContent) call(tool, context()).content().getFirst()).text();
    }

    private ToolFailure failure(String tool) {
        return catchThrowableOfType(ToolFailure.class, () -> call(tool, context()));
    }

    private List<String> tools() throws Exception {
        return link.session().tools().stream().map(Tool::name).toList();
    }

    @Test
    void shouldImportAndCall() throws Exception {
        connect();

        assertThat(tools()).contains("echo", "fail", "hang");
        assertThat(link.session().version()).isEqualTo("3.1");
        assertThat(text("echo")).isEqualTo("hello");
        assertThat(call("fail", context()).isError()).isTrue();
        assertThat(TrialProcess.alive(folder)).hasSize(1);
        assertThat(Threads.ofConnections()).isNotEmpty();
    }

    @Test
    void shouldGiveTheProcessNoMoreThanItNeeds() throws Exception {
        connect();

        String environment = text("environment");

        assertThat(environment)
                .contains("PATH ")
                .contains(" a secret called trial ")
                .endsWith(folder.toRealPath().toString())
                .doesNotContain("SUREFIRE", "MAVEN", "JAVA_HOME");
    }

    @Test
    void shouldTellTheServerThatACallIsCancelled() throws Exception {
        connect();
        FakeContext context = context();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> call("hang", context))));
        assertThatSoon("it has begun", () -> context.progressed().equals(List.of("0.5")));

        context.closeAll();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThatSoon("the server is told", () -> TrialProcess.read(folder).contains("notifications/cancelled"));
        assertThat(text("echo")).isEqualTo("hello");
    }

    @Test
    void shouldTellTheServerThatACallIsLate() throws Exception {
        connect();
        FakeContext late = new FakeContext(time.now().plusMillis(200), Map.of());

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> call("hang", late));

        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThatSoon("the server is told", () -> TrialProcess.read(folder).contains("its time is over"));
    }

    @Test
    void shouldFollowChangesOfTools() throws Exception {
        connect();

        assertThat(text("swap")).isEqualTo("swapped");

        assertThatSoon("the new tools are known", () -> tools().contains("new") && !tools().contains("echo"));
    }

    @Test
    void shouldConnectAgainWhenTheServerDies() throws Exception {
        connect();

        ToolFailure lost = failure("die");

        assertThat(lost.toError().getCode()).isEqualTo("MCP_LOST");
        assertThat(lost).hasMessageContaining("'trial'").hasMessageContaining("exit code 3");
        assertThatSoon("it is connected again", this::answers);
    }

    @Test
    void shouldConnectAgainWhenTheServerIsKilledAndEndWhatItLeft() throws Exception {
        connect();
        text("family");
        List<ProcessHandle> before = TrialProcess.alive(folder);

        before.getFirst().destroyForcibly();

        assertThatSoon("nothing is left", () -> before.stream().noneMatch(TrialProcess::isAlive));
        assertThatSoon("it is connected again", this::answers);
        assertThat(TrialProcess.alive(folder)).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    private boolean answers() throws Exception {
        try {
            return text("echo").equals("hello");
        } catch (ToolFailure e) {
            assertThat(e.toError().getRetryable()).as("%s", e).isTrue();
            return false;
        }
    }

    @Test
    void shouldEndAProcessThatClingsAndItsChildren() throws Exception {
        connect();
        text("cling");
        text("family");
        assertThat(TrialProcess.alive(folder)).hasSize(2);

        link.close();

        assertThat(TrialProcess.alive(folder)).isEmpty();
    }

    @Test
    void shouldReadNoMoreThanAllowed() throws Exception {
        connect();

        ToolFailure failure = failure("big");

        assertThat(failure).hasMessageContaining("at most 50000 bytes");
        assertThatSoon("it is connected again", this::answers);
    }

    @Test
    void shouldSayThatThereIsNoSuchProgram() {
        link = link(new McpServer.Local("no-such-program", List.of(), Map.of(), null));

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> link.session());

        assertThat(failure).hasMessageContaining("no-such-program");
        assertThat(failure.toError().getRetryable()).isTrue();
    }

    @Test
    void shouldSayWithWhichCodeAProgramEnded() {
        link = link(new McpServer.Local("sh", List.of("-c", "echo bye >&2; exit 7"), Map.of(), null));

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> link.session());

        assertThat(failure).hasMessageContaining("exit code 7");
    }

    @Test
    void shouldSayThatAProgramSaysNothing() throws Exception {
        link = new McpLink(
                "trial",
                new McpServer.Local("sleep", List.of("600"), Map.of(), null),
                new McpLimits(Duration.ofMillis(300), 1000),
                new McpLink.Around(_ -> Optional.empty(), time),
                () -> {});

        ToolFailure failure = catchThrowableOfType(ToolFailure.class, () -> link.session());

        assertThat(failure).hasMessageContaining("within 300 ms");
    }

    @Test
    void shouldStopConnectingWhenItIsClosed() throws Exception {
        link = link(new McpServer.Local("sh", List.of("-c", "echo $$ > processes; exec sleep 600"), Map.of(), folder));
        CompletableFuture<Void> tried = link.connect();
        assertThatSoon("it has begun", () -> TrialProcess.alive(folder).size() == 1);

        link.close();

        assertThat(tried).isDone();
        assertThat(TrialProcess.alive(folder)).isEmpty();
    }
}
