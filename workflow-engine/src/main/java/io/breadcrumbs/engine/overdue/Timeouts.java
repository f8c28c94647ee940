package io.breadcrumbs.engine.overdue;

import io.breadcrumbs.engine.memory.OpenCall;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers to requests whose time is over, which name what was asked for. */
record Timeouts(Overdue.Around around) {

    /** Completes when all are in the log, or may not be. */
    CompletableFuture<Void> answer(List<OpenCall> calls) {
        Map<String, List<OpenCall>> byTopic = calls.stream().collect(Collectors.groupingBy(OpenCall::topic));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        byTopic.forEach((topic, some) -> all.add(answer(pool(topic), some)));
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }

    /** The rows say where the requests stand, and nothing else: they are read again. */
    private CompletableFuture<Void> answer(String pool, List<OpenCall> calls) {
        Topic<ToolRequest> topic = Catalogue.toolRequest(pool);
        List<Position> positions = calls.stream().map(this::position).toList();
        return around.bus().find(topic, positions).thenCompose(found -> {
            List<CompletableFuture<?>> published = new ArrayList<>();
            for (OpenCall call : calls) {
                published.add(around.bus().publish(answer(call, pool, found.get(position(call)))));
            }
            return CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new));
        });
    }

    private Position position(OpenCall call) {
        return new Position(new Partition(call.topic(), around.partition()), call.offset());
    }

    private static String pool(String topic) {
        String first = Catalogue.TOOL_REQUEST.name();
        return topic.equals(first) ? Catalogue.DEFAULT_POOL : topic.substring(first.length() + 1);
    }

    /** @param asked the request, unless the log has lost it, or nobody can read it */
    private Draft<ToolResponse> answer(OpenCall call, String pool, @Nullable Breadcrumb<ToolRequest> asked) {
        ToolRequest request = asked == null ? null : asked.value();
        String id = call.requestId();
        String tool = request == null ? null : request.getTool();
        String workspace =
                request == null ? Metas.DEFAULT_WORKSPACE : request.getMeta().getWorkspace();
        Instant now = around.time().now();
        ToolResponse answer = ToolResponse.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.TOOL_RESPONSE, id, workspace, around.bus().instance(), now))
                .setRequestId(id)
                .setAwaitKey(id)
                .setTool(tool)
                .setStatus(ResponseStatus.ERROR)
                .setError(error(call, pool, request))
                .setFinishedAtMs(now.toEpochMilli())
                .setRunner(around.bus().instance())
                .build();
        Draft<ToolResponse> draft =
                Draft.of(Catalogue.TOOL_RESPONSE, id, answer).to(around.partition());
        String trace = asked == null ? null : asked.headers().trace();
        return trace == null ? draft : draft.traced(trace);
    }

    private ToolError error(OpenCall call, String pool, @Nullable ToolRequest request) {
        String tool = request == null ? null : request.getTool();
        Facts.Tool known =
                request == null || tool == null ? null : around.tools().find(tool, request.getToolVersion());
        boolean once = known != null && known.once();
        String message = "expected an answer by " + Instant.ofEpochMilli(call.deadline()) + " from "
                + (tool == null ? "a tool" : "tool '" + tool + "'") + " (pool '" + pool + "'), got none: "
                + (once
                        ? "whether it was executed, nobody knows; look before you ask for it again"
                        : "see whether a runner serves that pool, and give it more time");
        return new ToolError("NO_ANSWER", ErrorKind.TIMEOUT, message, !once, null);
    }
}
