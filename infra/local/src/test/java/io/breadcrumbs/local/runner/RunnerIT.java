package io.breadcrumbs.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.runner.provider.script.ScriptSettings;
import io.breadcrumbs.runner.provider.script.ScriptTools;
import io.breadcrumbs.runner.provider.subprocess.SubprocessSettings;
import io.breadcrumbs.runner.provider.subprocess.SubprocessTools;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.Position;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runner with four slots over the embedded broker, asked by its own process and by another bus. */
@Timeout(120)
class RunnerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOTS = 4;

    @TempDir
    static Path data;

    private static Platform platform;
    private static Bus here;
    private static Bus elsewhere;
    private static SystemTime time;
    private static Runner runner;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
        here = connect("here");
        elsewhere = connect("elsewhere");
        time = new SystemTime("test");
        List<Tool<?, ?>> tools = new ArrayList<>(JavaTools.found());
        tools.addAll(TrialTools.all());
        runner = new Runner(
                here,
                new RunnerSettings(Set.of("default"), SLOTS),
                new JavaTools(tools),
                List.of(
                        new ScriptTools(ScriptSettings.DEFAULT),
                        new SubprocessTools(SubprocessSettings.DEFAULT.allowing(Set.of(command())))),
                new Surroundings(
                        new VirtualThreads(here, time, Secrets.ofEnvironment()),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog()));
        runner.joined().get(30, TimeUnit.SECONDS);
    }

    private static Bus connect(String name) throws InterruptedException {
        return KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), name)),
                PATIENCE);
    }

    @AfterAll
    static void stop() {
        runner.close();
        here.close();
        elsewhere.close();
        time.close();
        platform.close();
    }

    private static ToolResponse answer(Bus bus, String tool, Object input) throws Exception {
        String document = input instanceof String text ? text : Values.write(input);
        return bus.request(Ask.of(tool, document).within(PATIENCE)).durable().get();
    }

    private static ErrorKind failure(ToolResponse answer) {
        assertThat(answer.getError()).as("%s", answer).isNotNull();
        return answer.getError().getKind();
    }

    @Test
    void shouldAnswerFromThisProcessAndFromAnother() throws Exception {
        ToolResponse local = answer(here, "echo", "{\"message\": \"hello\"}");
        ToolResponse remote = answer(elsewhere, "calculator", "{\"expression\": \"6*7\"}");

        assertThat(local.getOutput()).isEqualTo("{\"echo\":\"hello\"}");
        assertThat(remote.getOutput()).contains("42");
    }

    @Test
    void shouldAnswerWhateverIsWrongWithTheRequest() throws Exception {
        ToolResponse unknown = answer(here, "no-such-tool", "{}");
        ToolResponse missing = answer(here, "echo", "{}");
        ToolResponse broken = answer(elsewhere, "echo", "{");

        assertThat(failure(unknown)).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(failure(missing)).isEqualTo(ErrorKind.VALIDATION);
        assertThat(missing.getError().getField()).isEqualTo("message");
        assertThat(failure(broken)).isEqualTo(ErrorKind.VALIDATION);
    }

    @Test
    void shouldClassifyAnErrorByWhatItIsAndNotByTheWordsInItsText() throws Exception {
        ToolResponse thrown = answer(here, "fail", "{}");

        assertThat(failure(thrown)).isEqualTo(ErrorKind.RUNTIME);
        assertThat(thrown.getError().getMessage()).contains("as it does: timeout, cancelled, permission denied");
        assertThat(thrown.getError().getRetryable()).isFalse();
    }

    @Test
    void shouldGiveAToolTheSameKeyInEachAttempt() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int attempt = 1; attempt <= 2; attempt++) {
            ToolResponse answer = publish(request("key")
                    .setIdempotencyKey("run/step/item")
                    .setAttempt(attempt)
                    .build());
            keys.add(answer.getOutput());
        }

        assertThat(keys).containsExactly("{\"key\":\"run/step/item\"}", "{\"key\":\"run/step/item\"}");
    }

    @Test
    void shouldAnswerARequestWithoutATool() throws Exception {
        ToolRequest request = request("echo").setTool(null).build();

        ToolResponse answer = publish(request);

        assertThat(failure(answer)).isEqualTo(ErrorKind.VALIDATION);
    }

    @Test
    void shouldAnswerOthersWhileAToolWaits() throws Exception {
        Call waiting = here.request(Ask.of("timer", "{\"seconds\": 3}").within(PATIENCE));

        ToolResponse echo = answer(here, "echo", "{\"message\": \"now\"}");

        assertThat(echo.getStatus()).isEqualTo(ResponseStatus.SUCCESS);
        assertThat(waiting.durable()).isNotDone();
        assertThat(waiting.durable().get().getStatus()).isEqualTo(ResponseStatus.SUCCESS);
    }

    @Test
    void shouldStopAToolWhoseTimeIsOver() throws Exception {
        ToolResponse answer = publish(request("hang").setTimeoutMs(300L).build());

        assertThat(failure(answer)).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(runner.desk().occupancy().executing()).isLessThan(SLOTS);
    }

    @Test
    void shouldStopAToolThatIsCancelled() throws Exception {
        ToolRequest request = request("hang").build();
        Call call = here.await(request.getRequestId(), PATIENCE);
        here.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request).get();
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, "c", "default", "test", Instant.now()))
                .setRequestId(request.getRequestId())
                .setReason("no longer wanted")
                .build();

        elsewhere.publish(Catalogue.TOOL_CANCEL, request.getRequestId(), cancel).get();

        ToolResponse answer = call.durable().get();
        assertThat(failure(answer)).isEqualTo(ErrorKind.CANCELLED);
        assertThat(answer.getError().getMessage()).contains("no longer wanted");
    }

    @Test
    void shouldNestDeeperThanItHasSlots() {
        List<Call> calls = IntStream.range(0, 200)
                .mapToObj(_ -> here.request(
                        Ask.of("nest", Values.write(new TrialTools.Depth(10))).within(PATIENCE)))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(
                                call.durable().get(60, TimeUnit.SECONDS).getOutput())
                        .isEqualTo("{\"depth\":10}"));
    }

    @Test
    void shouldExecuteARepeatedRequestOnce() throws Exception {
        for (String tool : List.of("count", "pay")) {
            String key = UUID.randomUUID().toString();
            ToolRequest request = request(tool)
                    .setInput(Values.write(new TrialTools.Key(key)))
                    .build();
            Call call = here.await(request.getRequestId(), PATIENCE);

            here.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request);
            elsewhere.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request);
            here.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request)
                    .get();

            assertThat(call.durable().get().getStatus()).isEqualTo(ResponseStatus.SUCCESS);
            assertThat(TrialTools.COUNTED).containsEntry(key, 1);
        }
    }

    @Test
    void shouldExecuteAScriptAsSoonAsItIsPublished() throws Exception {
        String first = "{\"code\": \"function execute(input) { return input.n + 1; }\"}";
        String second = "{\"code\": \"async function execute(input) { return input.n + 2; }\"}";

        for (Map.Entry<String, String> change : List.of(Map.entry(first, "2"), Map.entry(second, "3"))) {
            Position position = publish("next", ToolKind.SCRIPT, change.getKey());

            ToolResponse answer = publish(request("next")
                    .setInput("{\"n\": 1}")
                    .setCataloguePosition(position)
                    .build());

            assertThat(answer.getOutput()).as("%s", answer).isEqualTo(change.getValue());
        }
    }

    @Test
    void shouldExecuteACommandAsSoonAsItIsPublished() throws Exception {
        Position allowed = publish(
                "run",
                ToolKind.SUBPROCESS,
                Values.write(Map.of("command", List.of(command().toString()))));
        Position forbidden = publish("sh", ToolKind.SUBPROCESS, "{\"command\": [\"/bin/sh\"]}");

        ToolResponse answer = publish(request("run")
                .setInput("{\"seconds\": 0}")
                .setCataloguePosition(allowed)
                .build());
        ToolResponse late = publish(request("run")
                .setInput("{\"seconds\": 1000}")
                .setTimeoutMs(300L)
                .build());
        ToolResponse refused =
                publish(request("sh").setCataloguePosition(forbidden).build());

        assertThat(answer.getOutput()).as("%s", answer).isEqualTo("{\"seconds\":0}");
        assertThat(failure(late)).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(failure(refused)).isEqualTo(ErrorKind.PERMISSION);
    }

    /** A command that answers with its input, after as many seconds as it says. */
    private static Path command() throws IOException {
        Path file = data.resolve("run.sh");
        if (!Files.exists(file)) {
            Files.writeString(file, "#!/bin/bash\nread input; sleep ${input//[^0-9]/}; echo \"$input\"\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return file;
    }

    /** Publishes a tool; where its definition stands. */
    private static Position publish(String tool, ToolKind kind, String source) throws Exception {
        ToolDefinition definition = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, tool, "default", "test", Instant.now()))
                .setName(tool)
                .setKind(kind)
                .setSource(source)
                .build();
        var at = elsewhere.publish(Catalogue.TOOL, tool + " / 1", definition).get();
        return new Position(at.partition().number(), at.offset());
    }

    private static ToolRequest.Builder request(String tool) {
        String id = UUID.randomUUID().toString();
        return ToolRequest.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_REQUEST, id, "default", "test", Instant.now()))
                .setRequestId(id)
                .setTool(tool);
    }

    private static ToolResponse publish(ToolRequest request) throws Exception {
        Call call = here.await(request.getRequestId(), PATIENCE);
        here.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request).get();
        return call.durable().get();
    }
}
