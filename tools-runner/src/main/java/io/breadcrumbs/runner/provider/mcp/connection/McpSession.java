package io.breadcrumbs.runner.provider.mcp.connection;

import io.breadcrumbs.runner.provider.mcp.channel.Channel;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** One connection to a server, from its handshake to its end. Thread-safe. */
public final class McpSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpSession.class);
    private static final int TOOLS_AT_MOST = 1_000;

    /** The library's own timeouts are out of the way: ours follow the clock of the platform. */
    private static final Duration NEVER = Duration.ofDays(1);

    private final ServerFailures failures;
    private final SessionTransport transport;
    private final McpAsyncClient client;
    private final Time time;
    private final Duration timeout;
    private final Runnable changed;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final ReentrantLock closing = new ReentrantLock();
    private volatile List<Tool> tools = List.of();

    /**
     * A session that is not open yet.
     *
     * @param channels makes its channel, which says when and why it is over
     * @param timeout until the server has told its tools
     * @param changed called when the list of tools has; must not block
     */
    McpSession(
            String name, Function<Consumer<String>, Channel> channels, Time time, Duration timeout, Runnable changed) {
        this.failures = new ServerFailures(name);
        this.transport = new SessionTransport(channels.apply(this::lost), this::toolsChanged);
        this.time = time;
        this.timeout = timeout;
        this.changed = changed;
        this.client = McpClient.async(transport)
                .clientInfo(McpSchema.Implementation.builder("breadcrumbs", "1").build())
                .requestTimeout(NEVER)
                .initializationTimeout(NEVER)
                .build();
    }

    /** Shakes hands and reads the list of tools. Blocks. */
    void open() throws ToolFailure, InterruptedException {
        Instant until = time.now().plus(timeout);
        await(client.initialize(), until);
        tools = list(until);
    }

    private List<Tool> list(Instant until) throws ToolFailure, InterruptedException {
        ServerCapabilities capabilities = client.getServerCapabilities();
        List<Tool> all = new ArrayList<>();
        if (capabilities == null || capabilities.tools() == null) {
            return all;
        }
        String cursor = McpSchema.FIRST_PAGE;
        do {
            ListToolsResult page = await(client.listTools(cursor), until);
            all.addAll(page.tools());
            cursor = page.nextCursor();
        } while (cursor != null && !cursor.isEmpty() && all.size() < TOOLS_AT_MOST);
        return List.copyOf(all.subList(0, Math.min(all.size(), TOOLS_AT_MOST)));
    }

    private <T> T await(Mono<T> asked, Instant until) throws ToolFailure, InterruptedException {
        CompletableFuture<T> answer = asked.toFuture();
        Runnable timer = time.after(left(until), () -> answer.cancel(false));
        try {
            return answer.get();
        } catch (CancellationException e) {
            throw failures.unreachable("it did not tell its tools within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw failures.unreachable(e.getCause(), ended);
        } finally {
            timer.run();
        }
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(time.now(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public List<Tool> tools() {
        return tools;
    }

    /** What the server says of its version. */
    public String version() {
        McpSchema.Implementation server = client.getServerInfo();
        return server == null || server.version() == null ? "1" : server.version();
    }

    private void toolsChanged() {
        if (changes.getAndIncrement() == 0) {
            Thread.ofVirtual().name("mcp lists tools").start(this::listAgain);
        }
    }

    /** Lists once for all notices that came meanwhile. */
    private void listAgain() {
        int seen;
        do {
            seen = changes.get();
            try {
                tools = list(time.now().plus(timeout));
                changed.run();
            } catch (ToolFailure e) {
                LOG.warn("the changed tools are not known: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        } while (!changes.compareAndSet(seen, 0));
    }

    /**
     * Calls a tool, and waits for its result. When the execution is stopped or late, the server is told so.
     *
     * @throws ToolFailure with code {@link ServerFailures#LOST} if nobody knows whether the server executed it
     */
    public CallToolResult call(String tool, Map<String, Object> arguments, ToolContext context)
            throws ToolFailure, InterruptedException {
        McpCall call = new McpCall(context::progress);
        CallToolRequest request = CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken(call.token())
                .build();
        CompletableFuture<CallToolResult> answer = client.callTool(request)
                .contextWrite(Context.of(McpCall.class, call))
                .toFuture();
        Runnable timer = time.after(left(context.deadline()), () -> giveUp(call, answer, true));
        context.closeAtEnd(() -> giveUp(call, answer, false));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            giveUp(call, answer, false);
            throw e;
        } catch (CancellationException | ExecutionException e) {
            if (call.isLate()) {
                throw failures.late();
            }
            if (call.isOver()) {
                throw new InterruptedException("the call was stopped");
            }
            throw failures.of(e.getCause(), ended);
        } finally {
            timer.run();
            call.end(false);
            transport.forget(call);
        }
    }

    private void giveUp(McpCall call, CompletableFuture<?> answer, boolean late) {
        if (call.end(late) && !transport.cancel(call, late ? "its time is over" : "it was cancelled")) {
            answer.cancel(false);
        }
    }

    /** The channel does not carry any more. Must not block. */
    private void lost(String why) {
        if (ended.complete(why)) {
            Thread.ofVirtual().name("mcp closes").start(this::close);
        }
    }

    /** Completes with the reason when the connection is over. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Ends the connection; calls under way fail. Blocks. */
    @Override
    public void close() {
        ended.complete("it was closed");
        boolean interrupted = Thread.interrupted(); // a farewell needs a moment
        closing.lock();
        try {
            client.closeGracefully().toFuture().join();
        } catch (CompletionException e) {
            LOG.debug("a connection was not closed in order", e);
        } finally {
            closing.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
