package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolStarted;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Markers of requests to tools that must never run twice. A runner publishes one and executes only if it is the first
 * of its request when it is read back, from the beginning of the partition on. It publishes none before it has read
 * those that stand there: whoever dies between its marker and reading it back leaves an outcome that nobody knows,
 * though nothing was executed, so that has to be over at once. Guarded by its monitor.
 */
class Markers implements TailReader<ToolStarted>, AutoCloseable {

    /** The first markers of so many requests a partition are remembered, the newest. */
    static final int FIRSTS_AT_MOST = 100_000;

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Bus bus;
    private final Time time;
    private final AtomicLong claimed = new AtomicLong();
    private final Map<Integer, Tail> tails = new ConcurrentHashMap<>();
    private final Map<Integer, Map<String, String>> firsts = new HashMap<>();
    private final Map<String, Claim> claims = new HashMap<>();

    private record Claim(String token, Consumer<Boolean> then) {}

    Markers(Bus bus, Time time) {
        this.bus = bus;
        this.time = time;
    }

    /**
     * Claims a request that is durable.
     *
     * @param then told whether the execution is ours
     */
    void claim(Position request, String requestId, Consumer<Boolean> then) {
        int partition = request.partition().number();
        Tail tail = tails.computeIfAbsent(
                partition, p -> bus.tail(new TailFrom<>(Catalogue.TOOL_STARTED, Map.of(p, TailFrom.BEGINNING)), this));
        String token = bus.instance() + "#" + claimed.incrementAndGet();
        synchronized (this) {
            claims.put(requestId, new Claim(token, then));
        }
        tail.caughtUp().thenRun(() -> mark(partition, requestId, token));
    }

    private void mark(int partition, String requestId, String token) {
        Claim lost = null;
        synchronized (this) {
            String winner = firsts.getOrDefault(partition, Map.of()).get(requestId);
            if (winner != null && !mayExecute(winner, token)) {
                lost = claims.remove(requestId);
            }
        }
        if (lost != null) {
            lost.then().accept(false);
        } else if (isClaimed(requestId)) {
            publish(partition, requestId, token);
        }
    }

    private void publish(int partition, String requestId, String token) {
        ToolStarted marker = new ToolStarted(
                Metas.of(Catalogue.TOOL_STARTED, token, Metas.DEFAULT_WORKSPACE, bus.instance(), time.now()),
                requestId,
                token,
                bus.instance());
        bus.publish(Draft.of(Catalogue.TOOL_STARTED, requestId, marker).to(partition))
                .whenComplete((_, failure) -> {
                    if (failure != null && isClaimed(requestId)) { // the same token: twice in the log does no harm
                        time.after(AGAIN, () -> publish(partition, requestId, token));
                    }
                });
    }

    /** How many requests are claimed, and nobody knows yet whose they are. */
    synchronized int claims() {
        return claims.size();
    }

    private synchronized boolean isClaimed(String requestId) {
        return claims.containsKey(requestId);
    }

    @Override
    public void read(Breadcrumb<ToolStarted> breadcrumb, Position position, Lane lane) {
        if (breadcrumb.value() == null) {
            return;
        }
        ToolStarted marker = breadcrumb.body();
        Claim claim;
        boolean first;
        synchronized (this) {
            Map<String, String> known =
                    firsts.computeIfAbsent(position.partition().number(), _ -> newest());
            String winner = known.putIfAbsent(marker.getRequestId(), marker.getToken());
            claim = claims.get(marker.getRequestId());
            if (claim == null || !claim.token().equals(marker.getToken())) {
                return;
            }
            claims.remove(marker.getRequestId());
            first = winner == null || mayExecute(winner, marker.getToken());
        }
        claim.then().accept(first);
    }

    /** Whether the runner with this marker may execute what the winner's was the first for. */
    boolean mayExecute(String winner, String marker) {
        return winner.equals(marker);
    }

    private static Map<String, String> newest() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > FIRSTS_AT_MOST;
            }
        };
    }

    @Override
    public void close() {
        tails.values().forEach(Tail::close);
        synchronized (this) {
            claims.clear();
        }
    }
}
