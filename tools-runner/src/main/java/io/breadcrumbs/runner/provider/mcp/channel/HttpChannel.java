package io.breadcrumbs.runner.provider.mcp.channel;

import io.breadcrumbs.runner.provider.mcp.channel.ChannelException.Reason;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Messages to and from a server that speaks streamable HTTP: each message is a POST with a virtual thread of its own,
 * which stays until a request is answered; one more thread listens to what the server says by itself. An answer whose
 * stream ends too soon is taken up again where the server offers that. The library's own transport does neither that,
 * nor listen again, nor give its threads back.
 */
public final class HttpChannel implements Channel {

    private static final Logger LOG = LoggerFactory.getLogger(HttpChannel.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int RESUMED_AT_MOST = 100;
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final HttpEndpoint endpoint;
    private final McpJsonMapper json;
    private final int messageBytes;
    private final Consumer<String> lost;
    private final ExecutorService threads;
    private final Map<Object, Future<?>> asking = new ConcurrentHashMap<>();
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;

    /** @param lost told why the channel is over */
    public HttpChannel(
            String name, HttpEndpoint endpoint, McpJsonMapper json, int messageBytes, Consumer<String> lost) {
        this.endpoint = endpoint;
        this.json = json;
        this.messageBytes = messageBytes;
        this.lost = lost;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("mcp " + name + " http ", 0).factory());
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> takes) {
        return Mono.fromRunnable(() -> handler = takes);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.create(sink -> {
            FutureTask<?> task = new FutureTask<>(() -> send(message, sink), null);
            if (message instanceof JSONRPCRequest request) {
                asking.put(request.id(), task);
            }
            try {
                threads.execute(task);
            } catch (RejectedExecutionException e) {
                sink.error(new ChannelException(Reason.GONE, "the connection is closed"));
            }
        });
    }

    private void send(JSONRPCMessage message, MonoSink<Void> sink) {
        try {
            post(message);
            sink.success();
            if (message instanceof JSONRPCNotification notice
                    && notice.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
                threads.execute(this::listen);
            }
        } catch (IOException | InterruptedException | RejectedExecutionException e) {
            ChannelException failure = failure(e);
            sink.error(failure);
            if (failure.reason() == Reason.GONE) {
                lost.accept(String.valueOf(failure.getMessage()));
            }
        } finally {
            if (message instanceof JSONRPCRequest request) {
                asking.remove(request.id());
            }
        }
    }

    private static ChannelException failure(Exception e) {
        if (e instanceof ChannelException known) {
            return known;
        }
        boolean stopped = e instanceof InterruptedException
                || e.getCause() instanceof InterruptedException
                || Thread.currentThread().isInterrupted();
        return stopped
                ? new ChannelException(Reason.STOPPED, "nobody waits for it any more")
                : ChannelException.unanswered(e);
    }

    private void post(JSONRPCMessage message) throws IOException, InterruptedException {
        boolean first =
                message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_INITIALIZE);
        HttpResponse<InputStream> response = endpoint.post(json.writeValueAsString(message));
        try (InputStream body = response.body()) {
            endpoint.demandTaken(response);
            if (first) {
                endpoint.open(response);
            }
            if (!(message instanceof JSONRPCRequest request)) {
                return;
            }
            String type = HttpEndpoint.type(response);
            if (type.equals(EVENTS)) {
                follow(new EventStream(body, messageBytes, null, PAUSE), request, first);
            } else if (!type.equals(JSON)) {
                throw new ChannelException(Reason.REFUSED, "it answered with content of type '" + type + "'");
            } else if (!take(read(body), request, first)) {
                throw new ChannelException(Reason.UNANSWERED, "it sent something else than the answer");
            }
        }
    }

    /** Hands a message on; true if it is the answer. */
    private boolean take(String text, JSONRPCRequest request, boolean handshake) {
        JSONRPCMessage message = parse(text);
        if (message == null) {
            return false;
        }
        if (handshake) {
            noteProtocol(message);
        }
        deliver(message);
        return answers(message, request);
    }

    private static boolean answers(JSONRPCMessage message, JSONRPCRequest request) {
        return message instanceof JSONRPCResponse response && request.id().equals(response.id());
    }

    /** Reads a stream until it brings the answer, and goes on elsewhere if it ends before that. */
    private void follow(EventStream first, JSONRPCRequest request, boolean handshake)
            throws IOException, InterruptedException {
        EventStream events = first;
        for (int resumed = 0; ; resumed++) {
            try (EventStream open = events) {
                if (readUntilAnswered(open, request, handshake)) {
                    return;
                }
            }
            String lastId = events.lastId();
            if (lastId == null || resumed == RESUMED_AT_MOST) {
                throw new ChannelException(Reason.UNANSWERED, "it ended the stream without an answer");
            }
            Thread.sleep(events.pause());
            events = resumed(lastId, events.pause());
        }
    }

    /** False if the stream ended before. */
    private boolean readUntilAnswered(EventStream events, JSONRPCRequest request, boolean handshake)
            throws IOException {
        try {
            for (String data = events.next(); data != null; data = events.next()) {
                if (take(data, request, handshake)) {
                    return true;
                }
            }
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            if (events.lastId() == null || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.debug("a server's answer broke off", e);
        }
        return false;
    }

    private EventStream resumed(String lastId, Duration pause) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = endpoint.get(lastId);
        if (response.statusCode() != 200 || !HttpEndpoint.type(response).equals(EVENTS)) {
            response.body().close();
            throw new ChannelException(Reason.UNANSWERED, "it ended the stream without an answer");
        }
        return new EventStream(response.body(), messageBytes, lastId, pause);
    }

    /** Reads what the server says by itself, for as long as it offers that. */
    private void listen() {
        String lastId = null;
        Duration pause = PAUSE;
        try {
            for (boolean again = false; ; again = true) {
                HttpResponse<InputStream> response = endpoint.get(lastId);
                try (InputStream body = response.body()) {
                    if (again) {
                        endpoint.demandTaken(response);
                    }
                    if (response.statusCode() != 200
                            || !HttpEndpoint.type(response).equals(EVENTS)) {
                        LOG.debug("a server says nothing by itself, status {}", response.statusCode());
                        return;
                    }
                    if (again && lastId == null) { // what it said meanwhile is lost: ask
                        deliver(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED));
                    }
                    EventStream events = new EventStream(body, messageBytes, lastId, pause);
                    readAll(events);
                    lastId = events.lastId();
                    pause = events.pause();
                }
                Thread.sleep(pause);
            }
        } catch (IOException | InterruptedException e) {
            ChannelException failure = failure(e);
            if (failure.reason() != Reason.STOPPED) {
                lost.accept(String.valueOf(failure.getMessage()));
            }
        }
    }

    private void readAll(EventStream events) throws IOException {
        try {
            for (String data = events.next(); data != null; data = events.next()) {
                JSONRPCMessage message = parse(data);
                if (message != null) {
                    deliver(message);
                }
            }
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("a server's stream broke off", e); // whether the server is gone shows when it is opened again
        }
    }

    private String read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(messageBytes + 1);
        if (bytes.length > messageBytes) {
            throw ChannelException.tooLarge(messageBytes);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable JSONRPCMessage parse(String text) {
        try {
            return McpSchema.deserializeJsonRpcMessage(json, text);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("passed over {} characters that are no message", text.length());
            return null;
        }
    }

    private void noteProtocol(JSONRPCMessage message) {
        if (message instanceof JSONRPCResponse response
                && response.result() instanceof Map<?, ?> result
                && result.get("protocolVersion") instanceof String version) {
            endpoint.speak(version);
        }
    }

    private void deliver(JSONRPCMessage message) {
        handler.apply(Mono.just(message)).toFuture().whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warn("a message was not handled", failure);
            }
        });
    }

    @Override
    public void abandon(Object requestId) {
        Future<?> task = asking.remove(requestId);
        if (task != null) {
            task.cancel(true);
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(() -> {
            threads.shutdownNow();
            endpoint.close();
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }
}
