package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.breadcrumbs.local.kafka.Ports;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.local.tools.ToolList;
import io.breadcrumbs.runner.provider.mcp.McpSource;
import io.breadcrumbs.runner.provider.mcp.connection.McpServer;
import io.breadcrumbs.schemas.DeltaKind;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.tool.Values;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The platform with the tools of the reference MCP server, over standard input and output and over HTTP; skipped where
 * npm cannot install it.
 */
@Timeout(180)
class McpReferenceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path data;

    private static Process remote;
    private static Platform platform;
    private static Bus bus;
    private static final Queue<StreamDelta> DELTAS = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        String fault = ReferenceServer.install();
        if (fault != null) {
            System.out.println("skipped: McpReferenceIT needs the reference server: " + fault);
        }
        assumeTrue(fault == null, fault);
        int port = Ports.choose(0);
        remote = ReferenceServer.listening(port);
        List<String> command = ReferenceServer.command("stdio");
        McpServer local = new McpServer.Local(command.getFirst(), command.subList(1, command.size()), Map.of(), null);
        McpServer http = new McpServer.Remote(URI.create("http://127.0.0.1:" + port + "/mcp"), Map.of());
        platform = Platform.start(
                        PlatformSettings.anywhere(data.resolve("data"))
                                .withPools(Set.of("default"))
                                .withMcpServers(Map.of(
                                        "local", McpSource.of("local", local), "http", McpSource.of("http", http))),
                        _ -> {})
                .orThrow();
        bus = KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), "test")),
                PATIENCE);
        bus.tail(TailFrom.end(Catalogue.STREAM_DELTA), (breadcrumb, _, _) -> DELTAS.add(breadcrumb.body()))
                .ready()
                .get();
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            bus.close();
            platform.close();
            assertThat(ReferenceServer.ours()).isEmpty();
        }
        if (remote != null) {
            remote.destroyForcibly();
        }
    }

    private static Call ask(String tool, Object input) {
        return bus.request(Ask.of(tool, Values.write(input)).within(PATIENCE));
    }

    private static ToolResponse answer(String tool, Object input) throws Exception {
        return ask(tool, input).durable().get();
    }

    private static void await(String what, Callable<Boolean> isSo) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isSo.call()) {
            assertThat(System.nanoTime()).as("waited 60 s until " + what).isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "http"})
    void shouldImportTools(String server) throws Exception {
        ToolList tools = ToolList.read(bus, PATIENCE);

        ToolDefinition echo = tools.named(server + "_echo").getFirst();
        assertThat(echo.getKind()).isEqualTo(ToolKind.MCP);
        assertThat(echo.getDescription()).isNotEmpty();
        assertThat(Values.parse(echo.getInputSchema())
                        .at("/properties/message/type")
                        .asText())
                .isEqualTo("string");
        assertThat(echo.getSideEffects()).isEqualTo(SideEffects.NONE);
        assertThat(tools.named(server + "_get-structured-content").getFirst().getOutputSchema())
                .contains("temperature");
        assertThat(tools.all())
                .filteredOn(tool -> tool.getName().startsWith(server + "_"))
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo                   | {"message": "hello"}    | ^"Echo: hello"$
            get-sum                | {"a": 2, "b": 3}        | ^"The sum of 2 and 3 is 5."$
            get-structured-content | {"location": "Chicago"} | ^\\{"temperature":.*\\}$
            get-tiny-image         | {}                      | ^\\[.*"type":"image".*"mimeType":"image/png".*\\]$
            get-resource-links     | {"count": 3}            | ^\\[.*"type":"resource_link".*\\]$
            """)
    void shouldCall(String tool, String input, String expected) throws Exception {
        for (String server : List.of("local", "http")) {
            ToolResponse answer = answer(server + "_" + tool, Values.parse(input));

            assertThat(answer.getOutput()).as("%s", answer).containsPattern(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "http"})
    void shouldAnswerWhatIsWrong(String server) throws Exception {
        ToolError invalid = answer(server + "_echo", Map.of()).getError();
        ToolError failed = answer(server + "_gzip-file-as-resource", Map.of("data", "ftp://nowhere"))
                .getError();

        assertThat(invalid.getKind()).isEqualTo(ErrorKind.VALIDATION);
        assertThat(invalid.getField()).isEqualTo("message");
        assertThat(failed.getKind()).isEqualTo(ErrorKind.RUNTIME);
        assertThat(failed.getCode()).isEqualTo("MCP_TOOL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "http"})
    void shouldTellProgress(String server) throws Exception {
        Call call = ask(server + "_trigger-long-running-operation", Map.of("duration", 1, "steps", 2));

        assertThat(call.durable().get().getOutput()).contains("completed");
        await(
                "progress was told",
                () -> progress(call).contains("1/2") && progress(call).contains("2/2"));
    }

    private static String progress(Call call) {
        StringBuilder told = new StringBuilder();
        DELTAS.stream()
                .filter(delta -> call.requestId().equals(delta.getRequestId()))
                .filter(delta -> delta.getKind() == DeltaKind.PROGRESS)
                .forEach(delta -> told.append(delta.getText()));
        return told.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "http"})
    void shouldCancel(String server) throws Exception {
        Call call = ask(server + "_trigger-long-running-operation", Map.of("duration", 600, "steps", 6000));
        await("it has begun", () -> !progress(call).isEmpty());
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, "c", "default", "test", Instant.now()))
                .setRequestId(call.requestId())
                .setReason("no longer wanted")
                .build();

        bus.publish(Catalogue.TOOL_CANCEL, call.requestId(), cancel).get();

        ToolResponse answer = call.durable().get();
        assertThat(answer.getError().getKind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(answer(server + "_echo", Map.of("message", "hello")).getStatus())
                .isEqualTo(ResponseStatus.SUCCESS);
    }

    @Test
    void shouldComeBackWhenTheServerIsKilled() throws Exception {
        Call call = ask("local_trigger-long-running-operation", Map.of("duration", 600, "steps", 6000));
        await("it has begun", () -> !progress(call).isEmpty());

        ReferenceServer.ours().forEach(ProcessHandle::destroyForcibly);

        assertThat(call.durable().get().getError().getCode()).isEqualTo("MCP_LOST");
        await(
                "it answers again",
                () -> answer("local_echo", Map.of("message", "hello")).getStatus() == ResponseStatus.SUCCESS);
    }
}
