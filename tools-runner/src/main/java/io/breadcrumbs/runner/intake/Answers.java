package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.Lane;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes the answers of this runner, and publishes each until the log has it. Any thread. */
class Answers {

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Bus bus;
    private final Time time;

    Answers(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    ToolResponse of(Work work, Outcome outcome, Instant now) {
        ToolRequest request = work.request();
        Instant started = work.startedAt();
        String id = request.getRequestId();
        ToolResponse.Builder answer = ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, id, request.getMeta().getWorkspace(), bus.instance(), now))
                .setRequestId(id)
                .setAwaitKey(request.getAwaitKey())
                .setTool(request.getTool())
                .setRunId(request.getRunId())
                .setStepId(request.getStepId())
                .setItemKey(request.getItemKey())
                .setAttempt(request.getAttempt())
                .setFinishedAtMs(now.toEpochMilli())
                .setRunner(bus.instance())
                .setLane(work.lane() == io.breadcrumbs.sdk.Lane.EAGER ? Lane.EAGER : Lane.LOG);
        if (started != null) {
            answer.setStartedAtMs(started.toEpochMilli())
                    .setExecutionTimeMs(Duration.between(started, now).toMillis())
                    .setToolVersion(work.tool().definition().getVersion());
        }
        return switch (outcome) {
            case Outcome.Success(String output) ->
                answer.setStatus(ResponseStatus.SUCCESS).setOutput(output).build();
            case Outcome.Failure(ToolError error) ->
                answer.setStatus(ResponseStatus.ERROR).setError(error).build();
        };
    }

    /**
     * Publishes an answer, again and again if need be.
     *
     * @param traceparent of the request
     * @param then called when the log has it
     */
    void publish(ToolResponse answer, @Nullable String traceparent, Runnable then) {
        String key = answer.getAwaitKey() == null ? answer.getRequestId() : answer.getAwaitKey();
        Draft<ToolResponse> draft = Draft.of(Catalogue.TOOL_RESPONSE, key, answer);
        CompletableFuture<Position> published = Trace.within(traceparent, () -> bus.publish(draft));
        published.whenComplete((_, failure) -> {
            if (failure == null) {
                then.run();
            } else if (BusException.codeOf(failure) == ErrorCode.TOO_LARGE) {
                publish(tooLarge(answer), traceparent, then);
            } else if (BusException.codeOf(failure) != ErrorCode.CLOSED) { // whoever has the partition next answers
                time.after(AGAIN, () -> publish(answer, traceparent, then));
            }
        });
    }

    private static ToolResponse tooLarge(ToolResponse answer) {
        String output = answer.getOutput();
        ToolFailure why = ToolFailure.of(
                ErrorKind.CAPACITY,
                "OUTPUT_TOO_LARGE",
                "the output has " + (output == null ? 0 : output.length()) + " characters, more than the log takes");
        return ToolResponse.newBuilder(answer)
                .setStatus(ResponseStatus.ERROR)
                .setOutput(null)
                .setError(why.toError())
                .build();
    }
}
