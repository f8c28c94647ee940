package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Answers;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A runner whose tools take simulated time; the first answer to a request is the only one that it gives. */
final class SimulatedRunner {

    private final EngineSimulation simulation;
    private final MemoryProcess process;
    private final MemoryBus bus;
    private final Map<String, ToolResponse> answers = new HashMap<>();

    SimulatedRunner(EngineSimulation simulation, MemoryProcess process, MemoryBus bus) {
        this.simulation = simulation;
        this.process = process;
        this.bus = bus;
        bus.subscribe(
                Group.of("runner.default", Catalogue.TOOL_REQUEST)
                        .answeredBy(new Answers<>(
                                Catalogue.TOOL_RESPONSE, ToolRequest::getRequestId, ToolResponse::getRequestId)),
                this::offer);
    }

    private boolean offer(Delivery<ToolRequest> delivery) {
        if (simulation.scheduler.chance(0.1)) {
            return false;
        }
        ToolRequest request = delivery.breadcrumb().body();
        process.execute(() -> handle(delivery, request));
        return true;
    }

    private void handle(Delivery<ToolRequest> delivery, ToolRequest request) {
        ToolResponse known = answers.get(request.getRequestId());
        if (known != null) {
            answer(delivery, known);
            return;
        }
        simulation.executing(process.name(), request);
        long micros = simulation.scheduler.random().nextInt(8_000);
        process.after(Duration.ofNanos(micros * 1_000), () -> {
            ToolResponse answer = answers.computeIfAbsent(request.getRequestId(), _ -> respond(request));
            answer(delivery, answer);
        });
    }

    private void answer(Delivery<ToolRequest> delivery, ToolResponse answer) {
        String key = answer.getAwaitKey() == null ? answer.getRequestId() : answer.getAwaitKey();
        delivery.doneWhen(
                bus.publish(Draft.of(Catalogue.TOOL_RESPONSE, key, answer)),
                () -> process.after(Duration.ofMillis(5), () -> answer(delivery, answer)));
    }

    private ToolResponse respond(ToolRequest request) {
        ToolResponse.Builder answer = ToolResponse.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.TOOL_RESPONSE, request.getRequestId(), "default", process.name(), process.now()))
                .setRequestId(request.getRequestId())
                .setAwaitKey(request.getAwaitKey())
                .setRunId(request.getRunId())
                .setStepId(request.getStepId())
                .setAttempt(request.getAttempt());
        boolean flaky = "flaky".equals(request.getTool()) && request.getAttempt() == 1;
        boolean fails = flaky || "broken".equals(request.getTool());
        return fails
                ? answer.setStatus(ResponseStatus.ERROR)
                        .setError(new ToolError("OOPS", ErrorKind.RUNTIME, "it fails", true, null))
                        .build()
                : answer.setStatus(ResponseStatus.SUCCESS)
                        .setOutput(Results.answer(request.getRequestId(), process.name(), request.getInput()))
                        .build();
    }
}
