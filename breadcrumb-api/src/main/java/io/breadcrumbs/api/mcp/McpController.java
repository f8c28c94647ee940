package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Behind;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.http.Departure;
import io.breadcrumbs.api.http.Json;
import io.breadcrumbs.api.http.Needs;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.limit.OpenStreams;
import io.breadcrumbs.api.mcp.session.EventStream;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Incoming;
import io.breadcrumbs.api.mcp.session.Revision;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.mcp.session.RpcException;
import io.breadcrumbs.api.mcp.session.Session;
import io.breadcrumbs.api.openapi.Does;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.trace.NamedTrace;
import io.breadcrumbs.sdk.Trace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The MCP server over streamable HTTP. Translates: what is asked is answered by {@link McpServer}, which knows what
 * needs another role than to read.
 */
@Controller("/mcp")
@Needs(Role.SUBSCRIBER)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.VIRTUAL)
final class McpController {

    private static final String CANCELLED = "notifications/cancelled";
    private static final String LISTEN = "subscriptions/listen";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Behind behind;
    private final OpenStreams permits;

    McpController(Behind behind, OpenStreams permits) {
        this.behind = behind;
        this.permits = permits;
    }

    /** A stream that counts among its caller's. */
    private EventStream stream(McpServer server, HttpRequest<?> request) {
        return new EventStream(server.time(), permits.open(Caller.of(request)));
    }

    private McpServer server() {
        McpServer server = behind.get(McpServer.class);
        String missing = server.missing();
        if (missing != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, missing);
        }
        return server;
    }

    /** A message of a client. */
    @Post
    @Does(
            value = "A message of an MCP client; docs/mcp.md.",
            takes = "RpcMessage",
            answer = "RpcMessage",
            status = {200, 202},
            parameters = {"Mcp-Session-Id", "MCP-Protocol-Version"},
            problem = "RpcProblem")
    CompletableFuture<MutableHttpResponse<?>> post(HttpRequest<?> request, @Body @Nullable String body) {
        McpServer server = server();
        JsonNode id = null;
        try {
            Incoming message = Incoming.of(body);
            id = message.id();
            String trace = message.meta().path(Trace.HEADER).textValue();
            return NamedTrace.within(
                    request,
                    trace,
                    () -> Headers.revision(request, message) == Revision.STATELESS
                            ? stateless(server, request, message)
                            : inSession(server, request, message));
        } catch (RpcException e) {
            return CompletableFuture.completedFuture(refused(id, e));
        }
    }

    /** Notices to a client with a session. */
    @Get
    @Does(
            value = "Notices to an MCP client with a session.",
            answer = "Events",
            parameters = {"Mcp-Session-Id", "MCP-Protocol-Version"},
            problem = "RpcProblem")
    MutableHttpResponse<?> listen(HttpRequest<?> request) {
        try {
            if (!Headers.acceptsEvents(request)) {
                throw RpcException.refusal(406, ErrorCodes.INVALID_REQUEST, "Accept: expected text/event-stream");
            }
            McpServer server = server();
            Session session = session(server, request);
            EventStream stream = stream(server, request);
            session.listen(stream);
            Departure.watch(request, stream::end);
            return events(stream);
        } catch (RpcException e) {
            return refused(null, e);
        }
    }

    /** Ends a session. */
    @Delete
    @Consumes(MediaType.ALL)
    @Does(
            value = "Ends a session of an MCP client.",
            status = 204,
            parameters = {"Mcp-Session-Id", "MCP-Protocol-Version"},
            problem = "RpcProblem")
    MutableHttpResponse<?> end(HttpRequest<?> request) {
        try {
            McpServer server = server();
            server.sessions().end(session(server, request), "the client has ended its session");
            return HttpResponse.noContent();
        } catch (RpcException e) {
            return refused(null, e);
        }
    }

    private static Session session(McpServer server, HttpRequest<?> request) {
        String id = request.getHeaders().get(HttpHeaders.MCP_SESSION_ID);
        if (id == null) {
            throw RpcException.refusal(
                    BAD_REQUEST,
                    ErrorCodes.INVALID_REQUEST,
                    HttpHeaders.MCP_SESSION_ID + ": expected the id that 'initialize' was answered with, got none");
        }
        Session session = server.sessions().of(Caller.of(request), id);
        if (session == null) {
            throw RpcException.refusal(
                    NOT_FOUND, ErrorCodes.INVALID_REQUEST, "there is no such session (any more); begin a new one");
        }
        return session;
    }

    private CompletableFuture<MutableHttpResponse<?>> inSession(
            McpServer server, HttpRequest<?> request, Incoming message) {
        if (message.isRequest() && message.method().equals(McpSchema.METHOD_INITIALIZE)) {
            ObjectNode result = server.methods().initialized(message);
            Session session = server.sessions().open(Caller.of(request));
            return CompletableFuture.completedFuture(
                    Json.ok(Rpc.result(message.id(), result)).header(HttpHeaders.MCP_SESSION_ID, session.id()));
        }
        Session session = session(server, request);
        if (!message.isRequest()) {
            if (message.method().equals(CANCELLED)) {
                session.cancel(
                        message.params().get("requestId"),
                        message.params().path("reason").asText("the client has cancelled it"));
            }
            return CompletableFuture.completedFuture(HttpResponse.accepted());
        }
        Exchange exchange = exchange(server, request, message, Revision.SESSIONS);
        try {
            session.begin(exchange);
        } catch (RpcException e) {
            exchange.stop("it is refused");
            throw e;
        }
        return answered(server, request, exchange, () -> session.end(exchange));
    }

    private CompletableFuture<MutableHttpResponse<?>> stateless(
            McpServer server, HttpRequest<?> request, Incoming message) {
        if (!message.isRequest()) {
            return CompletableFuture.completedFuture(HttpResponse.accepted());
        }
        if (message.method().equals(LISTEN)) {
            EventStream stream = stream(server, request);
            Exchange exchange = new Exchange(Caller.of(request), message, Revision.STATELESS, stream);
            try {
                server.listen(exchange, stream);
            } catch (RpcException e) {
                exchange.stop("it is refused");
                throw e;
            }
            Departure.watch(request, () -> exchange.stop("the client went away"));
            return CompletableFuture.completedFuture(events(stream));
        }
        return answered(server, request, exchange(server, request, message, Revision.STATELESS), () -> {});
    }

    /** What may take its time is answered by a stream, if the client takes one. */
    private Exchange exchange(McpServer server, HttpRequest<?> request, Incoming message, Revision revision) {
        boolean streams = message.method().equals(McpSchema.METHOD_TOOLS_CALL) && Headers.acceptsEvents(request);
        return new Exchange(Caller.of(request), message, revision, streams ? stream(server, request) : null);
    }

    private static CompletableFuture<MutableHttpResponse<?>> answered(
            McpServer server, HttpRequest<?> request, Exchange exchange, Runnable then) {
        Runnable stays = Departure.watch(request, () -> exchange.stop("the client went away"));
        CompletableFuture<ObjectNode> answer = server.answer(exchange).whenComplete((_, _) -> {
            stays.run();
            then.run();
        });
        EventStream stream = exchange.stream();
        if (stream == null) {
            return answer.handle((message, failure) -> failure == null ? Json.ok(message) : failed(exchange, failure));
        }
        answer.whenComplete((message, failure) -> {
            if (failure == null) {
                exchange.tell(message);
            }
            stream.end();
        });
        return CompletableFuture.completedFuture(events(stream));
    }

    private static MutableHttpResponse<?> failed(Exchange exchange, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RpcException refusal) {
            return refused(exchange.request().id(), refusal);
        }
        throw new CompletionException(cause);
    }

    private static MutableHttpResponse<?> events(EventStream stream) {
        return HttpResponse.ok(stream.body())
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    private static MutableHttpResponse<?> refused(@Nullable JsonNode id, RpcException failure) {
        return Json.answer(HttpStatus.valueOf(failure.status()), Rpc.error(id, failure));
    }
}
