package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Digits;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests of this instance that await their answer.
 *
 * <p>Request ids are drawn so that requests and answers fall on few partitions, at best on one that a runner in this
 * process owns; those are tailed, without a group, from before the first request on. An answer published in this
 * process is seen when it is on its way, any other when the tail brings it. Any thread; those that nobody awaited is
 * guarded by itself.
 */
final class Calls implements TailReader<ToolResponse> {

    /** How many answers that nobody awaits are kept, the newest. */
    static final int KEPT_AT_MOST = 2_000;

    private static final long KEPT_CHARS_AT_MOST = 16 << 20;

    private static final Topic<ToolResponse> ANSWERS = Catalogue.TOOL_RESPONSE;
    /** How often calls are looked through for those whose time is over. */
    private static final Duration SWEEP_EVERY = Duration.ofMillis(20);

    private static final Duration SEARCH_EVERY = Duration.ofMillis(200);
    /** Over so many partitions are requests spread that no local runner takes. */
    private static final int SPREAD = 4;

    /** So many answers before the end of a partition are read, when its answers are first awaited. */
    private static final int LOOK_BACK = 2_000;

    private final Parts parts;
    private final Publisher publisher;
    private final Lanes lanes;
    private final java.util.function.Supplier<TailLoop<ToolResponse>> tailed;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> homes = new ConcurrentHashMap<>();
    /** The topics that requests wait for, by request: what no broker has told of yet. */
    private final Map<String, Topic<ToolRequest>> unsent = new ConcurrentHashMap<>();

    private final EarlyAnswers kept = new EarlyAnswers(KEPT_AT_MOST, KEPT_CHARS_AT_MOST);
    private volatile @Nullable TailLoop<ToolResponse> tail;
    private final Map<String, Home> localHomes = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final int first;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    /** Where a runner in this process takes requests of a topic; null where none did when it was searched. */
    private record Home(@Nullable Partition partition, Instant searchedAt) {}

    /** A call that waits, and the one before it that awaits the same answer. */
    private record Pending(
            Call call,
            Instant until,
            Duration atMost,
            @Nullable Pending before) {

        Pending behind(Pending other) {
            return new Pending(call, until, atMost, other);
        }

        @Nullable
        Pending without(Call gone) {
            Pending rest = before == null ? null : before.without(gone);
            return call.equals(gone) ? rest : new Pending(call, until, atMost, rest);
        }
    }

    Calls(Parts parts, Publisher publisher, Lanes lanes, java.util.function.Supplier<TailLoop<ToolResponse>> tailed) {
        this.parts = parts;
        this.publisher = publisher;
        this.lanes = lanes;
        this.tailed = tailed;
        this.first = parts.random().nextInt(Short.MAX_VALUE);
    }

    Call request(Ask ask) {
        if (closed) {
            return failed("", whyClosed());
        }
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
        Instant now = parts.time().now();
        int partition = home(topic.name(), count);
        String id = draw(partition, count);
        Call call = expect(id, now, ask.deadline());
        CompletableFuture<Void> ready = tailing(partition);
        if (ready.isDone()) {
            publish(topic, ask, call, now);
        } else {
            String trace = Trace.current();
            ready.thenRun(() -> Trace.within(trace, () -> publish(topic, ask, call, now)));
        }
        return call;
    }

    /** Awaits an answer to a request of somebody else; one that came a short while ago is found. */
    Call await(String requestId, Duration atMost) {
        if (closed) {
            return failed(requestId, whyClosed());
        }
        Call call = expect(requestId, parts.time().now(), atMost);
        int count = parts.log().partitions(ANSWERS.name());
        if (count == 0) {
            fail(call, new BusException(ErrorCode.AWAY, "topic " + ANSWERS + " is not known yet"));
            return call;
        }
        ToolResponse early;
        synchronized (kept) {
            early = kept.of(requestId);
        }
        if (early != null) {
            answer(pending.remove(requestId), early);
            return call;
        }
        tailing(partition(requestId, count));
        return call;
    }

    /** How many calls wait for their answer. */
    int waiting() {
        return pending.size();
    }

    void close() {
        closed = true;
        BusException why = whyClosed();
        for (Pending last : pending.values()) {
            for (Pending one = last; one != null; one = one.before()) {
                fail(one.call(), why);
            }
        }
    }

    private BusException whyClosed() {
        return new BusException(ErrorCode.CLOSED, "the bus of " + parts.instance() + " is closed");
    }

    /** The topic of a pool becomes known when it is first asked for: until then the call waits. */
    private void publish(Topic<ToolRequest> topic, Ask ask, Call call, Instant now) {
        if (parts.log().partitions(topic.name()) == 0) {
            unsent.put(call.requestId(), topic);
            if (pending.containsKey(call.requestId())) {
                String trace = Trace.current();
                parts.time().after(SWEEP_EVERY, () -> Trace.within(trace, () -> publish(topic, ask, call, now)));
            } else {
                unsent.remove(call.requestId());
            }
            return;
        }
        unsent.remove(call.requestId());
        ToolRequest request = Records.request(topic, call.requestId(), ask, now);
        publisher.publish(Draft.of(topic, call.requestId(), request)).whenComplete((_, failure) -> {
            // an append in doubt may be served all the same: its call ends with the answer or at the deadline
            if (failure instanceof BusException why && why.code() != ErrorCode.UNKNOWN) {
                fail(call, why);
            }
        });
    }

    private Call expect(String id, Instant now, Duration atMost) {
        Call call = new Call(id, new CompletableFuture<>(), new CompletableFuture<>());
        pending.merge(id, new Pending(call, now.plus(atMost), atMost, null), (first, next) -> next.behind(first));
        if (closed) {
            fail(call, whyClosed());
        }
        sweepLater();
        return call;
    }

    private void sweepLater() {
        if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            parts.time().after(SWEEP_EVERY, this::sweep);
        }
    }

    private void sweep() {
        sweeping.set(false);
        Instant now = parts.time().now();
        for (Pending last : pending.values()) {
            for (Pending one = last; one != null; one = one.before()) {
                if (now.isAfter(one.until())) {
                    String id = one.call().requestId();
                    fail(
                            one.call(),
                            new BusException(
                                    ErrorCode.DEADLINE,
                                    "no answer to request " + id + " within "
                                            + one.atMost().toMillis() + " ms" + neverSent(id)));
                }
            }
        }
        if (!pending.isEmpty()) {
            sweepLater();
        }
    }

    private String neverSent(String id) {
        Topic<ToolRequest> topic = unsent.get(id);
        return topic == null
                ? ""
                : ": it was never sent, since topic " + topic + " is not known yet; allow it more time, readiness says "
                        + "what is missing";
    }

    private static Call failed(String id, BusException why) {
        return new Call(id, CompletableFuture.failedFuture(why), CompletableFuture.failedFuture(why));
    }

    private void fail(Call call, BusException why) {
        pending.computeIfPresent(call.requestId(), (_, last) -> last.without(call));
        unsent.remove(call.requestId());
        call.answered().completeExceptionally(why);
        call.durable().completeExceptionally(why);
    }

    // ------------------------------------------------------------------ answers

    /** This instance published something: perhaps an answer that is awaited here. */
    void passing(Breadcrumb<?> breadcrumb) {
        if (breadcrumb.value() instanceof ToolResponse response) {
            for (Pending one = pending.get(response.getRequestId()); one != null; one = one.before()) {
                one.call().answered().complete(response);
            }
        }
    }

    @Override
    public void read(Breadcrumb<ToolResponse> breadcrumb, Position position, Lane lane) {
        ToolResponse response = breadcrumb.value();
        if (response == null) {
            return;
        }
        Pending last;
        synchronized (kept) { // where await looks once it is pending: one of the two finds the other
            last = pending.remove(response.getRequestId());
            if (last == null) {
                kept.keep(response);
            }
        }
        answer(last, response);
    }

    private static void answer(@Nullable Pending last, ToolResponse response) {
        for (Pending one = last; one != null; one = one.before()) {
            one.call().answered().complete(response);
            one.call().durable().complete(response);
        }
    }

    // ------------------------------------------------------------------ partitions

    /**
     * Reads the answers of a partition, from a while ago on, whoever is the first to want them: another call may await
     * one that comes while its end is being asked for.
     */
    private CompletableFuture<Void> tailing(int partition) {
        CompletableFuture<Void> ready = homes.get(partition);
        if (ready != null) {
            return ready;
        }
        synchronized (homes) {
            return homes.computeIfAbsent(partition, p -> tail().add(p, TailFrom.newest(LOOK_BACK)));
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

    /**
     * The partition that a request goes to: one whose local runner has room. Otherwise a few in turn, so that a fan-out
     * reaches several runners and few partitions are tailed.
     */
    private int home(String topic, int count) {
        return near(topic).orElseGet(() -> (first + Math.floorMod(turn.getAndIncrement(), SPREAD)) % count);
    }

    /** Where a request of somebody who chooses its id himself is best sent. */
    int near(Topic<ToolRequest> topic, String requestId) {
        return near(topic.name())
                .orElseGet(() -> partition(requestId, parts.log().partitions(ANSWERS.name())));
    }

    /** A partition whose local runner has room. */
    private OptionalInt near(String topic) {
        Home home = localHomes.get(topic);
        if (home != null && home.partition() != null && open(home.partition())) {
            return OptionalInt.of(home.partition().number());
        }
        Instant now = parts.time().now();
        if (home == null || now.isAfter(home.searchedAt().plus(SEARCH_EVERY))) {
            Partition found = lanes.groups().stream()
                    .flatMap(group -> group.owned().stream())
                    .filter(owned -> owned.topic().equals(topic))
                    .min(Partition::compareTo)
                    .orElse(null);
            localHomes.put(topic, new Home(found, now));
            if (found != null) {
                return OptionalInt.of(found.number());
            }
        }
        return OptionalInt.empty();
    }

    private boolean open(Partition partition) {
        for (GroupLoop<?> group : lanes.groups()) {
            Ledger<?> ledger = group.ledger(partition);
            if (ledger != null && ledger.laneIsOpen()) {
                return true;
            }
        }
        return false;
    }

    /** A new id, in hexadecimal digits, whose hash is the partition. */
    private String draw(int partition, int count) {
        byte[] id = new byte[2 * Digits.OF_A_LONG];
        Digits.write(parts.random().nextLong(), id, 0);
        do {
            Digits.write(parts.random().nextLong(), id, Digits.OF_A_LONG);
        } while (Publisher.partition(id, count) != partition);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static int partition(String key, int count) {
        return Publisher.partition(key.getBytes(StandardCharsets.UTF_8), count);
    }
}
