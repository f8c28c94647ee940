package io.breadcrumbs.runner.provider.mcp.connection;

import static io.breadcrumbs.runner.provider.mcp.connection.Eventually.assertThatSoon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.runner.provider.FakeContext;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.testkit.ManualTime;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpLinkTest {

    private final SystemTime time = new SystemTime("test");
    private final AtomicInteger changes = new AtomicInteger();
    private TrialHttpServer server = create(0);
    private McpLink link = link(server.url(), Map.of("Authorization", "Bearer ${secret:token}"));

    private static TrialHttpServer create(int port) {
        try {
            return new TrialHttpServer(port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private McpLink link(URI url, Map<String, String> headers) {
        return link(url, headers, time);
    }

    private McpLink link(URI url, Map<String, String> headers, Time clock) {
        return new McpLink(
                "trial",
                new McpServer.Remote(url, headers),
                new McpLimits(Duration.ofSeconds(10), 50_000),
                new McpLink.Around(name -> name.equals("token") ? Optional.of("s3cret") : Optional.empty(), clock),
                changes::incrementAndGet);
    }

    @BeforeEach
    void nothingRuns() throws Exception {
        assertThatSoon(
                "the threads of other tests have ended",
                () -> Threads.ofConnections().isEmpty());
    }

    @AfterEach
    void shouldLeaveNoThread() throws Exception {
        link.close();
        server.close();
        time.close();
        assertThatSoon("its threads have ended", () -> Threads.ofConnections().isEmpty());
    }

    private FakeContext context() {
        return new FakeContext(time.now().plusSeconds(30), Map.of());
    }

    private CallToolResult call(String tool, FakeContext context) throws Exception {
        return link.session().call(tool, Map.of("message", "hello"), context);
    }

    private ToolFailure failure(String tool) {
        return catchThrowableOfType(ToolFailure.class, () -> call(tool, context()));
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    private List<String> tools() throws Exception {
        return link.session().tools().stream().map(Tool::name).toList();
    }

    @Test
    void shouldReadAllPagesOfTools() throws Exception {
        assertThat(tools()).containsExactlyInAnyOrderElementsOf(TrialHttpServer.TOOLS);
        assertThat(link.session().version()).isEqualTo("1.2");
        assertThat(Threads.ofConnections()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"echo, echo: hello", "stream, streamed", "resume, resumed", "fail, it did not work"})
    void shouldCall(String tool, String expected) throws Exception {
        CallToolResult result = call(tool, context());

        assertThat(text(result)).isEqualTo(expected);
        assertThat(result.isError()).isEqualTo(tool.equals("fail") ? Boolean.TRUE : null);
    }

    @ParameterizedTest
    @CsvSource({
        "big, CAPACITY, TOO_LARGE, at most 50000 bytes",
        "busy, CAPACITY, MCP_BUSY, got 503",
        "refuse, RUNTIME, MCP_ERROR, not today",
        "invalid, VALIDATION, VALIDATION, not like this",
        "cut, RUNTIME, MCP_LOST, without an answer",
        "nonsense, RUNTIME, MCP_LOST, something else than the answer",
    })
    void shouldSayWhatWasWrongAndGoOn(String tool, ErrorKind kind, String code, String message) throws Exception {
        ToolFailure failure = failure(tool);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.toError().getCode()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("'trial'").hasMessageContaining(message);
        assertThat(text(call("echo", context()))).isEqualTo("echo: hello");
        assertThat(server.heard("initialize")).hasSize(1);
    }

    @Test
    void shouldSayProgress() throws Exception {
        FakeContext context = context();

        call("stream", context);

        assertThat(context.progressed()).containsExactly("1/2 half");
    }

    @Test
    void shouldSendHeadersAndTheVersionThatTheServerChose() throws Exception {
        call("echo", context());

        assertThat(server.requests()).first().isEqualTo("POST Bearer s3cret null");
        assertThat(server.requests()).last().isEqualTo("POST Bearer s3cret 2025-06-18");
    }

    @Test
    void shouldSayThatASecretIsMissing() throws Exception {
        try (McpLink other = link(server.url(), Map.of("X", "${secret:other}"))) {
            ToolFailure failure = catchThrowableOfType(ToolFailure.class, other::session);

            assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION);
            assertThat(failure).hasMessageContaining("'other'");
        }
    }

    @Test
    void shouldTellTheServerThatACallIsLateAndKeepNothing() throws Exception {
        ManualTime clock = new ManualTime();
        link.close();
        link = link(server.url(), Map.of(), clock);
        FakeContext late = new FakeContext(clock.now().plusSeconds(1), Map.of());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = executor.submit(() -> call("hang", late));
            assertThatSoon("it has begun", () -> !late.progressed().isEmpty());

            clock.advance(Duration.ofSeconds(1));

            assertThat(catchThrowableOfType(ExecutionException.class, call::get))
                    .hasCauseInstanceOf(ToolFailure.class)
                    .cause()
                    .extracting(failure -> ((ToolFailure) failure).kind())
                    .isEqualTo(ErrorKind.TIMEOUT);
        }
        assertCancelled();
    }

    @Test
    void shouldTellTheServerThatACallIsCancelledAndKeepNothing() throws Exception {
        FakeContext context = context();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = executor.submit(() -> call("hang", context));
            assertThatSoon("it has begun", () -> !context.progressed().isEmpty());

            context.closeAll();

            assertThat(catchThrowableOfType(ExecutionException.class, call::get))
                    .hasCauseInstanceOf(InterruptedException.class);
        }
        assertCancelled();
    }

    @Test
    void shouldTellTheServerThatACallIsInterruptedAndKeepNothing() throws Exception {
        FakeContext context = context();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> call("hang", context))));
        assertThatSoon("it has begun", () -> !context.progressed().isEmpty());

        thread.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertCancelled();
    }

    private void assertCancelled() throws Exception {
        assertThat(server.isHungUp(30)).isTrue();
        assertThatSoon(
                "the server is told",
                () -> !server.heard("notifications/cancelled").isEmpty());
        assertThat(server.heard("notifications/cancelled").getFirst().at("/params/requestId"))
                .isEqualTo(server.heard("tools/call").getFirst().path("id"));
        assertThat(text(call("echo", context()))).isEqualTo("echo: hello");
        assertThat(server.heard("initialize")).hasSize(1);
    }

    @Test
    void shouldKeepNothingOfManyCalls() throws Exception {
        tools();
        assertThatSoon("it listens", server::isListenedTo);
        Semaphore room = new Semaphore(30);
        List<Future<CallToolResult>> calls = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                int kind = i % 3;
                room.acquire();
                calls.add(executor.submit(() -> {
                    FakeContext context = new FakeContext(time.now().plusMillis(kind == 1 ? 20 : 30_000), Map.of());
                    if (kind == 2) {
                        time.after(Duration.ofMillis(10), () -> close(context));
                    }
                    try {
                        return call(kind == 0 ? "echo" : "hang", context);
                    } finally {
                        room.release();
                    }
                }));
            }
        }

        assertThat(calls)
                .extracting(Future::state)
                .containsExactlyElementsOf(IntStream.range(0, 300)
                        .mapToObj(i -> i % 3 == 0 ? Future.State.SUCCESS : Future.State.FAILED)
                        .toList());
        assertThatSoon("only who listens is left", () -> requests() == 1);
        assertThat(server.heard("notifications/cancelled")).hasSizeGreaterThan(100);
    }

    private static long requests() throws Exception {
        return Threads.ofConnections().stream()
                .filter(name -> name.startsWith("mcp trial http"))
                .count();
    }

    private static void close(FakeContext context) {
        try {
            context.closeAll();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldFollowChangesOfTools() throws Exception {
        tools();
        assertThatSoon("it listens", server::isListenedTo);

        server.change(Set.of("echo", "new"), true);

        assertThatSoon("the new tools are known", () -> tools().equals(List.of("echo", "new")));
        assertThat(changes).hasValueGreaterThan(1);
    }

    @Test
    void shouldListenAgainAndAskForWhatItMissed() throws Exception {
        tools();
        assertThatSoon("it listens", server::isListenedTo);

        server.change(Set.of("new"), false);
        server.stopTalking();

        assertThatSoon("the new tools are known", () -> tools().equals(List.of("new")));
        assertThat(server.heard("initialize")).hasSize(1);
    }

    @Test
    void shouldGetAlongWithAServerThatSaysNothingByItself() throws Exception {
        server.fallSilent();

        assertThat(text(call("echo", context()))).isEqualTo("echo: hello");
        assertThatSoon("it was asked", () -> server.requests().stream().anyMatch(request -> request.startsWith("GET")));
        assertThat(server.heard("initialize")).hasSize(1);
    }

    @Test
    void shouldConnectAgainWhenTheSessionIsForgotten() throws Exception {
        call("echo", context());

        server.forgetSession();
        ToolFailure refused = failure("echo");

        assertThat(refused.toError().getCode()).isEqualTo("MCP_CONNECTION");
        assertThat(refused).hasMessageContaining("does not know the session");
        assertThatSoon("it is connected again", this::answers);
    }

    private boolean answers() throws Exception {
        try {
            return text(call("echo", context())).equals("echo: hello");
        } catch (ToolFailure e) {
            assertThat(e.toError().getRetryable()).as("%s", e).isTrue();
            return false;
        }
    }

    @Test
    void shouldFailCallsAndConnectAgainWhenTheServerIsKilled() throws Exception {
        FakeContext context = context();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> call("hang", context))));
        assertThatSoon("it has begun", () -> !context.progressed().isEmpty());
        int port = server.url().getPort();

        server.close();

        assertThat(ended.get())
                .isInstanceOfSatisfying(
                        ToolFailure.class,
                        failure -> assertThat(failure.toError().getCode()).isEqualTo("MCP_LOST"));
        assertThatSoon(
                "it cannot be reached",
                () -> failure("echo").toError().getCode().equals("MCP_CONNECTION"));
        server = create(port);
        assertThatSoon("it is connected again", this::answers);
    }

    @Test
    void shouldSayFarewell() throws Exception {
        tools();

        link.close();

        assertThat(server.requests()).last().asString().startsWith("DELETE");
        assertThat(catchThrowableOfType(ToolFailure.class, link::session)).hasMessageContaining("closing");
    }

    @Test
    void shouldStopConnectingWhenItIsClosed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            McpLink other = link(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), Map.of());
            CompletableFuture<Void> tried = other.connect();
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();

                other.close();
            }

            assertThat(tried).isDone();
        }
    }
}
