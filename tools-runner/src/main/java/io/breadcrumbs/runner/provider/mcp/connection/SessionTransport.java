package io.breadcrumbs.runner.provider.mcp.connection;

import io.breadcrumbs.runner.provider.mcp.channel.Channel;
import io.breadcrumbs.runner.provider.mcp.channel.ChannelException;
import io.breadcrumbs.runner.provider.mcp.channel.ChannelException.Reason;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What the library's client sends and hears, with what it cannot do itself: a call can be cancelled, which tells the
 * server and makes the client forget it; notices of changed tools and of progress go straight to who wants them, all
 * others nowhere. Once closed, it does not connect again, though the client would. Thread-safe.
 */
final class SessionTransport implements McpClientTransport {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTransport.class);
    private static final String CANCELLED = "notifications/cancelled";
    private static final TypeRef<ProgressNotification> PROGRESS = new TypeRef<>() {};

    private final Channel channel;
    private final Runnable toolsChanged;
    private final Map<Object, McpCall> calls = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param toolsChanged called when the server says so; must not block */
    SessionTransport(Channel channel, Runnable toolsChanged) {
        this.channel = channel;
        this.toolsChanged = toolsChanged;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> takes) {
        return Mono.defer(() -> closed
                ? Mono.error(over())
                : channel.connect(messages -> takes.apply(messages.filter(this::isForClient))));
    }

    private boolean isForClient(JSONRPCMessage message) {
        if (!(message instanceof JSONRPCNotification notice)) {
            return true;
        }
        if (notice.method().equals(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED)) {
            toolsChanged.run();
        } else if (notice.method().equals(McpSchema.METHOD_NOTIFICATION_PROGRESS)) {
            progress(notice);
        }
        return false;
    }

    private void progress(JSONRPCNotification notice) {
        try {
            ProgressNotification progress = unmarshalFrom(notice.params(), PROGRESS);
            McpCall call = calls.get(progress.progressToken());
            if (call != null) {
                call.progressed(progress);
            }
        } catch (RuntimeException e) {
            LOG.debug("passed over progress that cannot be read", e);
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.deferContextual(context -> {
            if (closed) {
                return Mono.error(over());
            }
            Optional<McpCall> call = context.getOrEmpty(McpCall.class);
            return call.isPresent() && message instanceof JSONRPCRequest request
                    ? send(request, call.get())
                    : channel.sendMessage(message);
        });
    }

    /** Fails when the call is cancelled: then the client forgets it. */
    private Mono<Void> send(JSONRPCRequest request, McpCall call) {
        return Mono.create(sink -> {
            if (!call.sentAs(request.id(), sink)) {
                sink.error(new ChannelException(Reason.STOPPED, "it was stopped before it was sent"));
                return;
            }
            calls.put(call.token(), call);
            channel.sendMessage(request).doOnError(sink::error).toFuture();
        });
    }

    /** Nobody waits for the answer any more. False if the call was not sent. */
    boolean cancel(McpCall call, String reason) {
        McpCall.Sent sent = call.sent();
        if (sent == null) {
            return false;
        }
        JSONRPCNotification notice =
                new JSONRPCNotification(CANCELLED, Map.of("requestId", sent.id(), "reason", reason));
        sendMessage(notice).toFuture().whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.debug("a server was not told of a cancelled call", failure);
            }
        });
        channel.abandon(sent.id());
        sent.sink().error(new ChannelException(Reason.STOPPED, reason));
        return true;
    }

    /** The call is over. */
    void forget(McpCall call) {
        calls.remove(call.token());
    }

    private static ChannelException over() {
        return new ChannelException(Reason.GONE, "the connection is closed");
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.defer(() -> {
            closed = true;
            return channel.closeGracefully();
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return channel.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return channel.protocolVersions();
    }
}
