package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.mcp.session.EventStream;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.mcp.session.RpcException;
import io.breadcrumbs.api.mcp.session.Sessions;
import io.breadcrumbs.api.problem.BusProblems;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.BreadcrumbStore;
import io.breadcrumbs.api.runs.RunDesk;
import io.breadcrumbs.api.runs.WorkflowDesk;
import io.breadcrumbs.api.tools.ToolCalls;
import io.breadcrumbs.api.tools.ToolView;
import io.breadcrumbs.api.view.LateException;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Time;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MCP server: answers requests, and tells who listens when the tools have changed. Any thread. */
public final class McpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
    private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    /** Changes come together: a runner that starts announces all its tools. */
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private static final int LISTENERS_AT_MOST = 5_000;

    private final Offer offer;
    private final Methods methods;
    private final Sessions sessions;
    private final Time time;
    private final Map<EventStream, Listener> listeners = new ConcurrentHashMap<>();

    private final AtomicBoolean telling = new AtomicBoolean();
    private final Runnable unwatch;
    private volatile ArrayNode told;

    /**
     * What it makes accessible.
     *
     * @param stored the workflows that have names
     */
    public record Parts(
            ToolView tools, ToolCalls calls, BreadcrumbStore breadcrumbs, RunDesk runs, WorkflowDesk stored) {}

    public McpServer(Parts parts, Time time) {
        this.time = time;
        RunTools runs = new RunTools(parts.runs(), parts.stored());
        offer = new Offer(parts.tools(), runs.all());
        methods = new Methods(
                offer,
                parts.calls(),
                new Resources(parts.breadcrumbs(), parts.runs()),
                new Tasks(parts.runs(), runs),
                time);
        sessions = new Sessions(time);
        told = offer.all();
        unwatch = parts.tools().watch(this::changed);
    }

    /** Who listens without a session, by the id of the request to listen. */
    private record Listener(JsonNode id, boolean wantsTools) {}

    Sessions sessions() {
        return sessions;
    }

    Methods methods() {
        return methods;
    }

    Time time() {
        return time;
    }

    /** What keeps it from answering; null if nothing does. */
    @Nullable
    String missing() {
        return offer.missing();
    }

    /** The answer, or the error that is one; fails with what is to be refused. */
    CompletableFuture<ObjectNode> answer(Exchange exchange) {
        JsonNode id = exchange.request().id();
        CompletableFuture<ObjectNode> result;
        try {
            result = methods.answer(exchange);
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        return result.handle((done, failure) -> failure == null
                ? Rpc.result(id, exchange.revision().dressed(exchange.request().method(), done, methods.server()))
                : Rpc.error(id, error(exchange, failure)));
    }

    private static RpcException error(Exchange exchange, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (failure) {
            case RpcException known -> {
                if (known.status() != 200 && exchange.stream() == null) {
                    throw known;
                }
                yield known;
            }
            case ProblemException e -> answer(e.problem());
            case BusException e -> answer(BusProblems.of(e));
            case LateException e -> RpcException.answer(ErrorCodes.INTERNAL_ERROR, String.valueOf(e.getMessage()));
            default -> {
                LOG.atError()
                        .addKeyValue("event", "mcp-request-failed")
                        .setCause(failure)
                        .log("{}", exchange.request().method());
                yield RpcException.answer(ErrorCodes.INTERNAL_ERROR, "the request failed; the platform's log says why");
            }
        };
    }

    private static RpcException answer(Problem problem) {
        return RpcException.answer(code(problem), problem.detail()).with(problem.toJson());
    }

    private static int code(Problem problem) {
        return problem.code() == ProblemCode.INVALID || problem.code() == ProblemCode.NOT_FOUND
                ? ErrorCodes.INVALID_PARAMS
                : ErrorCodes.INTERNAL_ERROR;
    }

    // ------------------------------------------------------------------ changed tools

    /** Answers {@code subscriptions/listen}: tells of changed tools, if that is wanted, for as long as it is heard. */
    void listen(Exchange exchange, EventStream stream) {
        JsonNode id = exchange.request().id();
        JsonNode said = exchange.request().params().at("/notifications/toolsListChanged");
        if (!said.isMissingNode() && !said.isBoolean()) {
            throw RpcException.answer(
                    ErrorCodes.INVALID_PARAMS,
                    "params.notifications.toolsListChanged: expected true or false, got " + said);
        }
        boolean wanted = said.booleanValue();
        if (id == null || listeners.size() >= LISTENERS_AT_MOST) {
            throw RpcException.refusal(
                    503, ErrorCodes.INTERNAL_ERROR, "there are too many subscriptions; come back later");
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        ObjectNode honoured = params.putObject("notifications");
        if (wanted) {
            honoured.put("toolsListChanged", true);
        }
        stream.send(subscribed("notifications/subscriptions/acknowledged", id, params));
        listeners.put(stream, new Listener(id, wanted));
        exchange.whenStopped(_ -> listeners.remove(stream));
    }

    private static ObjectNode subscribed(String method, JsonNode id, ObjectNode params) {
        params.withObjectProperty("_meta").set(SUBSCRIPTION, id);
        return Rpc.notice(method, params);
    }

    private static ObjectNode ended(JsonNode id) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("resultType", "complete");
        result.withObjectProperty("_meta").set(SUBSCRIPTION, id);
        return result;
    }

    /** On the thread of the catalogue's tail. */
    private void changed() {
        if (telling.compareAndSet(false, true)) {
            time.after(TOGETHER, this::tell);
        }
    }

    private void tell() {
        telling.set(false);
        ArrayNode now = offer.all();
        if (now.equals(told)) {
            return;
        }
        told = now;
        sessions.tell(Rpc.notice(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED, null));
        listeners.forEach((stream, listener) -> {
            if (listener.wantsTools()) {
                stream.send(subscribed(
                        McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED,
                        listener.id(),
                        JsonNodeFactory.instance.objectNode()));
            }
        });
    }

    /** Who listens to something, of whichever revision. */
    int listening() {
        return listeners.size();
    }

    @Override
    public void close() {
        unwatch.run();
        sessions.close();
        listeners.forEach((stream, listener) -> {
            stream.send(Rpc.result(listener.id(), ended(listener.id())));
            stream.end();
        });
        listeners.clear();
    }
}
