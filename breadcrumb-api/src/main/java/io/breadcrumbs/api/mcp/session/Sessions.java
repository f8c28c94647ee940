package io.breadcrumbs.api.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.sdk.Time;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of clients. One that nobody uses for half an hour ends. A caller may have {@value #OF_A_CALLER}: with
 * one more, the one that was unused the longest ends, and its client is told to begin again. Any thread.
 */
public final class Sessions implements AutoCloseable {

    static final int OF_A_CALLER = 100;
    static final int IN_ALL = 5_000;
    static final Duration UNUSED_AT_MOST = Duration.ofMinutes(30);

    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final int UNAVAILABLE = 503;

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Time time;
    private volatile Runnable look;

    public Sessions(Time time) {
        this.time = time;
        look = time.after(LOOK_EVERY, this::look);
    }

    private void look() {
        Instant old = time.now().minus(UNUSED_AT_MOST);
        byId.values().stream()
                .filter(session -> session.isIdle() && session.used().isBefore(old))
                .forEach(session -> end(session, "nobody has used the session for a long time"));
        look = time.after(LOOK_EVERY, this::look);
    }

    /** Begins a session for a caller. */
    public Session open(Caller caller) {
        List<Session> own =
                byId.values().stream().filter(one -> one.belongsTo(caller)).toList();
        if (own.size() >= OF_A_CALLER) {
            own.stream()
                    .filter(Session::isIdle)
                    .min(Comparator.comparing(Session::used))
                    .ifPresentOrElse(oldest -> end(oldest, "the caller has begun others"), Sessions::refuse);
        }
        if (byId.size() >= IN_ALL) {
            refuse();
        }
        Session session = new Session(UUID.randomUUID().toString(), caller, time.now());
        byId.put(session.id(), session);
        return session;
    }

    private static void refuse() {
        throw RpcException.refusal(
                UNAVAILABLE, ErrorCodes.INTERNAL_ERROR, "there are too many sessions; end one, or come back later");
    }

    /** The session of this id; null if this caller has none. */
    public @Nullable Session of(Caller caller, String id) {
        Session session = byId.get(id);
        if (session == null || !session.belongsTo(caller)) {
            return null;
        }
        session.use(time.now());
        return session;
    }

    public void end(Session session, String reason) {
        if (byId.remove(session.id(), session)) {
            session.close(reason);
        }
    }

    /** Tells all who listen. */
    public void tell(ObjectNode notice) {
        byId.values().forEach(session -> session.tell(notice));
    }

    public int size() {
        return byId.size();
    }

    @Override
    public void close() {
        look.run();
        byId.values().forEach(session -> end(session, "the server stops"));
    }
}
