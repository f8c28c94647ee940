package io.breadcrumbs.local.runner;

import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.builtin.workflow.WorkflowTool;
import io.breadcrumbs.runner.execution.ExecutionLog;
import io.breadcrumbs.runner.execution.Secrets;
import io.breadcrumbs.runner.execution.VirtualThreads;
import io.breadcrumbs.runner.intake.Intake.Surroundings;
import io.breadcrumbs.runner.provider.JavaTools;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.tool.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A platform without a runner, a runner of the tools on trial beside it, and the bus of both. */
final class Stage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    final Platform platform;
    final Bus bus;
    final SystemTime time = new SystemTime("stage");
    final Runner runner;

    Stage(Path data, RunnerSettings settings) throws Exception {
        platform = Platform.start(PlatformSettings.anywhere(data), _ -> {}).orThrow();
        bus = connect("stage");
        List<Tool<?, ?>> tools = new ArrayList<>(JavaTools.found());
        tools.addAll(TrialTools.all());
        tools.add(new WorkflowTool(bus, time));
        runner = new Runner(
                bus,
                settings,
                new JavaTools(tools),
                List.of(),
                new Surroundings(
                        new VirtualThreads(bus, time, Secrets.ofEnvironment()),
                        time,
                        Thread::startVirtualThread,
                        new ExecutionLog()));
        runner.joined().get(30, TimeUnit.SECONDS);
    }

    Bus connect(String name) throws InterruptedException {
        return KafkaBus.awaitReady(
                KafkaBus.connect(BusSettings.of(
                        platform.state().kafka(), platform.state().registry(), name)),
                PATIENCE);
    }

    static ToolRequest.Builder request(String tool) {
        String id = UUID.randomUUID().toString();
        return ToolRequest.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_REQUEST, id, "default", "stage", Instant.now()))
                .setRequestId(id)
                .setTool(tool);
    }

    /** Publishes a request, and awaits its answer. */
    Call ask(ToolRequest request) {
        Call call = bus.await(request.getRequestId(), PATIENCE);
        bus.publish(Catalogue.TOOL_REQUEST, request.getRequestId(), request);
        return call;
    }

    void cancel(ToolRequest request) {
        String id = request.getRequestId();
        ToolCancel cancel = ToolCancel.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_CANCEL, id, "default", "stage", Instant.now()))
                .setRequestId(id)
                .setReason("no longer wanted")
                .build();
        bus.publish(Catalogue.TOOL_CANCEL, id, cancel);
    }

    @Override
    public void close() {
        runner.close();
        bus.close();
        time.close();
        platform.close();
    }
}
