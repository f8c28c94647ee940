package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests of this instance that await their answer.
 *
 * <p>Request ids are drawn so that requests and answers fall on few partitions, at best on one that a runner in this
 * process owns; those are tailed, without a group, from before the first request on. An answer published in this
 * process is seen when it is on its way, any other when the tail brings it. Any thread; the map of answers that nobody
 * awaits yet is guarded by itself.
 */
final class Calls implements TailReader<ToolResponse> {

    /** How many answers that nobody awaits are kept, the newest. */
    static final int KEPT_AT_MOST = 2_000;

    private static final Topic<ToolResponse> ANSWERS = Catalogue.TOOL_RESPONSE;
    private static final Duration HOME_CHOSEN_FOR = Duration.ofMillis(200);
    private static final long LOOK_BACK = 1_000;

    private final Parts parts;
    private final Publisher publisher;
    private final Lanes lanes;
    private final java.util.function.Supplier<TailLoop<ToolResponse>> tailed;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> homes = new ConcurrentHashMap<>();
    private final Map<String, ToolResponse> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ToolResponse> eldest) {
            return size() > KEPT_AT_MOST;
        }
    };
    private volatile @Nullable TailLoop<ToolResponse> tail;
    private volatile Home home = new Home(-1, Instant.MIN);

    private record Home(int partition, Instant chosenAt) {}

    private record Pending(Call call, Runnable cancelTimer) {}

    Calls(Parts parts, Publisher publisher, Lanes lanes, java.util.function.Supplier<TailLoop<ToolResponse>> tailed) {
        this.parts = parts;
        this.publisher = publisher;
        this.lanes = lanes;
        this.tailed = tailed;
    }

    Call request(Ask ask) {
        String pool = ask.pool();
        Topic<ToolRequest> topic = pool == null ? Catalogue.TOOL_REQUEST : Catalogue.toolRequest(pool);
        int count = parts.log().partitions(ANSWERS.name());
        if (count == 0) {
            return failed(
                    "",
                    new BusException(
                            ErrorCode.AWAY,
                            "topic " + ANSWERS + " is not known yet: the broker did "
                                    + "not tell about it so far; readiness says why"));
        }
        int partition = home(topic.name(), count);
        String id = draw(partition, count);
        Call call = expect(id, ask.deadline());
        CompletableFuture<Void> ready = tailing(partition, TailFrom.END);
        if (ready.isDone()) {
            publish(topic, ask, call);
        } else {
            ready.thenRun(() -> publish(topic, ask, call));
        }
        return call;
    }

    /** Awaits an answer to a request of somebody else; one that came a short while ago is found. */
    Call await(String requestId, Duration atMost) {
        Call call = expect(requestId, atMost);
        int count = parts.log().partitions(ANSWERS.name());
        if (count == 0) {
            return failed(requestId, new BusException(ErrorCode.AWAY, "topic " + ANSWERS + " is not known yet"));
        }
        ToolResponse early;
        synchronized (kept) {
            early = kept.remove(requestId);
        }
        if (early != null) {
            answered(early);
            return call;
        }
        int partition = partition(requestId, count);
        if (!homes.containsKey(partition)) {
            parts.log()
                    .end(new Partition(ANSWERS.name(), partition))
                    .whenComplete((end, failure) ->
                            tailing(partition, failure == null ? Math.max(0, end - LOOK_BACK) : TailFrom.END));
        }
        return call;
    }

    /** How many calls wait for their answer. */
    int waiting() {
        return pending.size();
    }

    void close() {
        BusException why = new BusException(ErrorCode.CLOSED, "the bus of " + parts.instance() + " is closed");
        pending.values().forEach(one -> fail(one.call(), why));
    }

    private void publish(Topic<ToolRequest> topic, Ask ask, Call call) {
        ToolRequest request =
                Records.request(topic, call.requestId(), ask, parts.time().now());
        publisher.publish(Draft.of(topic, call.requestId(), request)).whenComplete((_, failure) -> {
            // an append in doubt may be served all the same: its call ends with the answer or at the deadline
            if (failure instanceof BusException why && why.code() != ErrorCode.UNKNOWN) {
                fail(call, why);
            }
        });
    }

    private Call expect(String id, Duration atMost) {
        Call call = new Call(id, new CompletableFuture<>(), new CompletableFuture<>());
        Runnable cancel = parts.time()
                .after(
                        atMost,
                        () -> fail(
                                call,
                                new BusException(
                                        ErrorCode.DEADLINE, "no answer to request " + id + " within " + atMost)));
        pending.put(id, new Pending(call, cancel));
        return call;
    }

    private static Call failed(String id, BusException why) {
        return new Call(id, CompletableFuture.failedFuture(why), CompletableFuture.failedFuture(why));
    }

    private void fail(Call call, BusException why) {
        Pending one = pending.remove(call.requestId());
        if (one != null) {
            one.cancelTimer().run();
        }
        call.answered().completeExceptionally(why);
        call.durable().completeExceptionally(why);
    }

    // ------------------------------------------------------------------ answers

    /** This instance published something: perhaps an answer that is awaited here. */
    void passing(Breadcrumb<?> breadcrumb) {
        if (breadcrumb.value() instanceof ToolResponse response) {
            Pending one = pending.get(response.getRequestId());
            if (one != null) {
                one.call().answered().complete(response);
            }
        }
    }

    @Override
    public void read(Breadcrumb<ToolResponse> breadcrumb, Position position, Lane lane) {
        if (breadcrumb.value() != null && !answered(breadcrumb.body())) {
            synchronized (kept) {
                kept.put(breadcrumb.body().getRequestId(), breadcrumb.body());
            }
        }
    }

    private boolean answered(ToolResponse response) {
        Pending one = pending.remove(response.getRequestId());
        if (one == null) {
            return false;
        }
        one.cancelTimer().run();
        one.call().answered().complete(response);
        one.call().durable().complete(response);
        return true;
    }

    // ------------------------------------------------------------------ partitions

    private CompletableFuture<Void> tailing(int partition, long from) {
        CompletableFuture<Void> ready = homes.get(partition);
        if (ready != null) {
            return ready;
        }
        synchronized (homes) {
            return homes.computeIfAbsent(partition, p -> tail().add(p, from));
        }
    }

    private TailLoop<ToolResponse> tail() {
        TailLoop<ToolResponse> running = tail;
        if (running == null) {
            running = tailed.get();
            tail = running;
        }
        return running;
    }

    /** The partition that requests go to for a while: one with a local runner, or any. */
    private int home(String topic, int count) {
        Home chosen = home;
        Instant now = parts.time().now();
        if (chosen.partition() >= 0 && now.isBefore(chosen.chosenAt().plus(HOME_CHOSEN_FOR))) {
            return chosen.partition();
        }
        int partition = chosen.partition();
        if (partition < 0 || !local(new Partition(topic, partition))) {
            partition = lanes.groups().stream()
                    .flatMap(group -> group.owned().stream())
                    .filter(owned -> owned.topic().equals(topic))
                    .min(Partition::compareTo)
                    .map(Partition::number)
                    .orElse(partition < 0 ? parts.random().nextInt(count) : partition);
        }
        home = new Home(partition, now);
        return partition;
    }

    private boolean local(Partition partition) {
        return lanes.groups().stream()
                .map(group -> group.ledger(partition))
                .anyMatch(ledger -> ledger != null && ledger.laneIsOpen());
    }

    private String draw(int partition, int count) {
        HexFormat hex = HexFormat.of();
        while (true) {
            String id = hex.toHexDigits(parts.random().nextLong())
                    + hex.toHexDigits(parts.random().nextLong());
            if (partition(id, count) == partition) {
                return id;
            }
        }
    }

    private static int partition(String key, int count) {
        return Publisher.partition(key.getBytes(StandardCharsets.UTF_8), count);
    }
}
