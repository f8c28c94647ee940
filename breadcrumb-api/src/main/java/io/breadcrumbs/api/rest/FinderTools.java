package io.breadcrumbs.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Handlers;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.breadcrumb.Breadcrumbs;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for breadcrumbs on behalf of who has no view: the tools {@code breadcrumb_find} and {@code breadcrumb_get} of a
 * pool that the processes with a view serve. They read only, so that a repeated request is answered again.
 */
public final class FinderTools implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FinderTools.class);
    private static final int AT_ONCE = 64;
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Bus bus;
    private final Time time;
    private final BreadcrumbStore store;
    private final Subscription subscription;

    public FinderTools(Bus bus, Time time, BreadcrumbStore store) {
        this.bus = bus;
        this.time = time;
        this.store = store;
        Group<ToolRequest> group = Group.of(Group.runners(Breadcrumbs.POOL), Catalogue.toolRequest(Breadcrumbs.POOL));
        subscription = bus.subscribe(group, Handlers.onVirtualThreads(AT_ONCE, this::handle, this::failed));
    }

    private void handle(Delivery<ToolRequest> delivery) {
        ToolRequest request = delivery.breadcrumb().body();
        Instant started = time.now();
        ToolResponse.Builder answer = answer(request, started);
        Long deadline = request.getDeadlineMs();
        try {
            if (deadline != null && started.toEpochMilli() > deadline) {
                throw ToolFailure.of(ErrorKind.TIMEOUT, "DEADLINE", "the request came after its deadline");
            }
            answer.setStatus(ResponseStatus.SUCCESS).setOutput(output(request).toString());
        } catch (ToolFailure failure) {
            answer.setStatus(ResponseStatus.ERROR).setError(failure.toError());
        }
        Instant now = time.now();
        publish(
                delivery,
                answer.setFinishedAtMs(now.toEpochMilli())
                        .setExecutionTimeMs(Duration.between(started, now).toMillis())
                        .build());
    }

    private ToolResponse.Builder answer(ToolRequest request, Instant now) {
        String id = request.getRequestId();
        return ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, id, request.getMeta().getWorkspace(), bus.instance(), now))
                .setRequestId(id)
                .setAwaitKey(request.getAwaitKey())
                .setTool(request.getTool())
                .setRunId(request.getRunId())
                .setStepId(request.getStepId())
                .setItemKey(request.getItemKey())
                .setAttempt(request.getAttempt())
                .setStartedAtMs(now.toEpochMilli())
                .setRunner(bus.instance());
    }

    private JsonNode output(ToolRequest request) throws ToolFailure {
        Caller caller = new Caller(request.getMeta().getWorkspace(), String.valueOf(request.getRequestedBy()));
        String tool = request.getTool();
        String input = request.getInput();
        try {
            return switch (tool == null ? "" : tool) {
                case Breadcrumbs.FIND -> {
                    Searches.Search search = Bodies.read(input, Searches.Search.class);
                    yield Searches.found(store, search, caller, store.now());
                }
                case Breadcrumbs.GET -> {
                    JsonNode id = Bodies.parsed(input).path("id");
                    if (!id.isTextual()) {
                        throw Bodies.wrong("id", "expected the id of a breadcrumb, got " + id.getNodeType());
                    }
                    yield Shapes.full(store.get(caller, id.textValue(), store.now()));
                }
                default ->
                    throw ToolFailure.of(
                            ErrorKind.NOT_FOUND,
                            "UNKNOWN_TOOL",
                            "expected " + Breadcrumbs.FIND + " or " + Breadcrumbs.GET + ", got " + tool);
            };
        } catch (ProblemException e) {
            throw failure(e.problem());
        } catch (LateException e) {
            throw ToolFailure.of(ErrorKind.CAPACITY, "LATE", String.valueOf(e.getMessage()));
        }
    }

    private static ToolFailure failure(Problem problem) {
        ProblemCode code = problem.code();
        ErrorKind kind = switch (code.status()) {
            case 400 -> ErrorKind.VALIDATION;
            case 404 -> ErrorKind.NOT_FOUND;
            case 503 -> ErrorKind.CAPACITY;
            default -> ErrorKind.RUNTIME;
        };
        return ToolFailure.of(kind, code.name(), problem.detail());
    }

    private void failed(Delivery<ToolRequest> delivery, RuntimeException failure) {
        ToolRequest request = delivery.breadcrumb().body();
        LOG.atError().addKeyValue("event", "find-failed").setCause(failure).log("request {}", request.getRequestId());
        ToolFailure why = ToolFailure.of(ErrorKind.RUNTIME, "INTERNAL", "looking for breadcrumbs failed");
        publish(
                delivery,
                answer(request, time.now())
                        .setStatus(ResponseStatus.ERROR)
                        .setError(why.toError())
                        .build());
    }

    private void publish(Delivery<ToolRequest> delivery, ToolResponse answer) {
        String key = answer.getAwaitKey() == null ? answer.getRequestId() : answer.getAwaitKey();
        bus.publish(Catalogue.TOOL_RESPONSE, key, answer).whenComplete((_, failure) -> {
            if (failure == null) {
                delivery.done();
            } else if (BusException.codeOf(failure) != ErrorCode.CLOSED) { // whoever has the partition next answers
                time.after(AGAIN, () -> publish(delivery, answer));
            }
        });
    }

    @Override
    public void close() {
        subscription.close();
    }
}
