package io.breadcrumbs.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.api.mcp.session.Exchange;
import io.breadcrumbs.api.mcp.session.Incoming;
import io.breadcrumbs.api.mcp.session.Revision;
import io.breadcrumbs.api.mcp.session.Rpc;
import io.breadcrumbs.api.mcp.session.RpcException;
import io.breadcrumbs.api.problem.BusProblems;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.tools.Listed;
import io.breadcrumbs.api.tools.ToolCalls;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.Trace;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What clients may ask for, by the names of the methods. On virtual threads; what does not wait for a tool blocks. */
final class Methods {

    static final String DISCOVER = "server/discover";

    private static final int NO_SUCH_METHOD = 404;
    private static final String INSTRUCTIONS = "The tools of a Breadcrumbs platform. 'invoke_async' starts a workflow "
            + "of tools and answers its threadId at once; 'invoke_status' tells how it stands. Breadcrumbs are what "
            + "agents and tools share: read them as resources, find them with 'breadcrumb_search'.";

    private final Offer offer;
    private final ToolCalls calls;
    private final Resources resources;
    private final Tasks tasks;
    private final Time time;
    private final Implementation server =
            Implementation.builder("breadcrumbs", "1").title("Breadcrumbs").build();

    Methods(Offer offer, ToolCalls calls, Resources resources, Tasks tasks, Time time) {
        this.offer = offer;
        this.calls = calls;
        this.resources = resources;
        this.tasks = tasks;
        this.time = time;
    }

    ObjectNode server() {
        return Rpc.json(server);
    }

    private static ServerCapabilities capabilities() {
        return ServerCapabilities.builder().tools(true).resources(false, false).build();
    }

    /** The answer to a handshake. */
    ObjectNode initialized(Incoming request) {
        return Rpc.json(
                InitializeResult.builder(Revision.negotiated(request.text("protocolVersion")), capabilities(), server)
                        .instructions(INSTRUCTIONS)
                        .build());
    }

    /** The result; fails with an {@link RpcException} or what the platform fails with. */
    CompletableFuture<ObjectNode> answer(Exchange exchange) {
        boolean stateless = exchange.revision() == Revision.STATELESS;
        String method = exchange.request().method();
        return switch (method) {
            case McpSchema.METHOD_TOOLS_LIST -> done(tools());
            case McpSchema.METHOD_TOOLS_CALL -> call(exchange);
            case McpSchema.METHOD_RESOURCES_LIST -> done(resources.list(exchange));
            case McpSchema.METHOD_RESOURCES_TEMPLATES_LIST -> done(Resources.templates());
            case McpSchema.METHOD_RESOURCES_READ -> done(resources.read(exchange));
            case McpSchema.METHOD_PING -> stateless ? unknown(exchange) : done(JsonNodeFactory.instance.objectNode());
            case DISCOVER -> stateless ? done(discovered()) : unknown(exchange);
            case Tasks.GET, Tasks.CANCEL, Tasks.UPDATE -> stateless ? done(task(exchange)) : unknown(exchange);
            default -> unknown(exchange);
        };
    }

    private ObjectNode task(Exchange exchange) {
        if (!exchange.request().method().equals(Tasks.GET) && !exchange.caller().may(Role.EMITTER)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, exchange.request().method() + " needs the role " + Role.EMITTER.text());
        }
        return switch (exchange.request().method()) {
            case Tasks.GET -> tasks.get(exchange);
            case Tasks.CANCEL -> tasks.cancel(exchange);
            default -> tasks.update(exchange);
        };
    }

    private static CompletableFuture<ObjectNode> done(ObjectNode result) {
        return CompletableFuture.completedFuture(result);
    }

    private static CompletableFuture<ObjectNode> unknown(Exchange exchange) {
        String what =
                "expected a method of the protocol, got " + exchange.request().method();
        throw exchange.revision() == Revision.STATELESS
                ? RpcException.refusal(NO_SUCH_METHOD, ErrorCodes.METHOD_NOT_FOUND, what)
                : RpcException.answer(ErrorCodes.METHOD_NOT_FOUND, what);
    }

    private static ObjectNode discovered() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("supportedVersions", Revision.all());
        ServerCapabilities more = capabilities()
                .mutate()
                .extensions(Map.of(Tasks.EXTENSION, Map.of()))
                .build();
        result.set("capabilities", Rpc.json(more));
        return result.put("instructions", INSTRUCTIONS);
    }

    private ObjectNode tools() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("tools", offer.all());
        return result;
    }

    private CompletableFuture<ObjectNode> call(Exchange exchange) {
        String name = exchange.request().text("name");
        JsonNode said = exchange.request().params().path("arguments");
        if (!said.isMissingNode() && !said.isNull() && !said.isObject()) {
            throw RpcException.answer(
                    ErrorCodes.INVALID_PARAMS, "params.arguments: expected an object, got " + said.getNodeType());
        }
        ObjectNode arguments = said instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        PlatformTool own = offer.own(name);
        if (!exchange.caller().may(Role.EMITTER) && (own == null || !own.reads())) {
            return done(Rpc.json(ToolResults.failed(
                    Problem.of(ProblemCode.FORBIDDEN, name + " needs the role " + Role.EMITTER.text()))));
        }
        if (own != null) {
            return ticking(exchange, _ -> apart(() -> called(own, exchange, arguments)));
        }
        Listed listed = offer.listed(name);
        if (listed == null) {
            throw RpcException.answer(ErrorCodes.INVALID_PARAMS, "params.name: expected a tool, got " + name);
        }
        return ticking(
                exchange, ticks -> asked(exchange, ticks, listed, arguments).thenApply(Rpc::json));
    }

    /** @param work is given null if the client does not want to hear of progress */
    private CompletableFuture<ObjectNode> ticking(
            Exchange exchange, Function<@Nullable Ticks, CompletableFuture<ObjectNode>> work) {
        Ticks ticks = Ticks.begin(time, exchange);
        CompletableFuture<ObjectNode> done = work.apply(ticks);
        return ticks == null ? done : done.whenComplete((_, _) -> ticks.end());
    }

    private CompletableFuture<CallToolResult> asked(
            Exchange exchange, @Nullable Ticks ticks, Listed tool, ObjectNode arguments) {
        ToolCalls.Running running = calls.ask(exchange.caller(), tool, arguments.toString(), null);
        exchange.whenStopped(running::cancel);
        if (ticks != null) {
            running.hear(ticks::told);
        }
        return running.answer()
                .handle((answer, failure) -> failure == null
                        ? ToolResults.of(answer)
                        : ToolResults.failed(BusException.of(failure), running.requestId()));
    }

    private ObjectNode called(PlatformTool tool, Exchange exchange, ObjectNode arguments) {
        try {
            tool.check(arguments);
            return tool.tool().name().equals(RunTools.INVOKE) && Tasks.isKnownTo(exchange)
                    ? tasks.begun(exchange, arguments)
                    : Rpc.json(tool.work().call(exchange, arguments));
        } catch (ProblemException e) {
            return Rpc.json(ToolResults.failed(e.problem()));
        } catch (BusException e) {
            return Rpc.json(ToolResults.failed(BusProblems.of(e)));
        }
    }

    /** The client gets the beginning of the answer while a tool of the server works. */
    private static CompletableFuture<ObjectNode> apart(Supplier<ObjectNode> work) {
        String trace = Trace.current();
        return CompletableFuture.supplyAsync(() -> Trace.within(trace, work), Thread::startVirtualThread);
    }
}
