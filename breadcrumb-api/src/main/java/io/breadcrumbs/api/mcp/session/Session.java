package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Caller;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A client of a revision with sessions, from its handshake to its end. Any thread. */
public final class Session {

    private static final int AT_ONCE = 100;

    private final String id;
    private final Caller owner;
    private final Map<JsonNode, Exchange> underWay = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable EventStream> listening = new AtomicReference<>();
    private volatile Instant used;

    Session(String id, Caller owner, Instant now) {
        this.id = id;
        this.owner = owner;
        this.used = now;
    }

    public String id() {
        return id;
    }

    boolean belongsTo(Caller caller) {
        return owner.workspace().equals(caller.workspace()) && owner.name().equals(caller.name());
    }

    void use(Instant now) {
        used = now;
    }

    /** Since when nothing has come or gone. */
    Instant used() {
        return used;
    }

    boolean isIdle() {
        EventStream stream = listening.get();
        return underWay.isEmpty() && (stream == null || stream.isOver());
    }

    /** A request is being answered, and can be cancelled. */
    public void begin(Exchange exchange) {
        JsonNode key = key(exchange);
        if (underWay.size() >= AT_ONCE) {
            throw RpcException.answer(
                    ErrorCodes.INTERNAL_ERROR,
                    "expected at most " + AT_ONCE + " requests of a session at once; ask again when one is answered");
        }
        if (underWay.putIfAbsent(key, exchange) != null) {
            throw RpcException.answer(ErrorCodes.INVALID_REQUEST, "id: expected one that is not under way, got " + key);
        }
    }

    /** It is answered. */
    public void end(Exchange exchange) {
        underWay.remove(key(exchange), exchange);
    }

    private static JsonNode key(Exchange exchange) {
        JsonNode id = exchange.request().id();
        if (id == null) {
            throw new IllegalArgumentException("expected a request, got a notice");
        }
        return id;
    }

    /** The client does not want an answer any more. */
    public void cancel(@Nullable JsonNode requestId, String reason) {
        Exchange exchange = requestId == null ? null : underWay.remove(requestId);
        if (exchange != null) {
            exchange.stop(reason);
        }
    }

    /** From now on notices go there. */
    public void listen(EventStream stream) {
        EventStream before = listening.getAndSet(stream);
        if (before != null) {
            before.end();
        }
    }

    void tell(ObjectNode notice) {
        EventStream stream = listening.get();
        if (stream != null) {
            stream.send(notice);
        }
    }

    /** Stops all that is under way for it. */
    void close(String reason) {
        underWay.values().forEach(exchange -> exchange.stop(reason));
        underWay.clear();
        EventStream stream = listening.getAndSet(null);
        if (stream != null) {
            stream.end();
        }
    }
}
