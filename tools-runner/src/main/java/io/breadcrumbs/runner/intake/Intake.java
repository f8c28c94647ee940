package io.breadcrumbs.runner.intake;

import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Time;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The way of requests into a runner: wires the desk to a bus, and joins the groups of the pools. */
public final class Intake implements AutoCloseable {

    private static final io.breadcrumbs.sdk.Answers<ToolRequest, ToolResponse> ANSWERED =
            new io.breadcrumbs.sdk.Answers<>(
                    Catalogue.TOOL_RESPONSE, ToolRequest::getRequestId, ToolResponse::getRequestId);

    private final Bus bus;
    private final Desk desk;
    private final Markers markers;
    private final Tail cancels;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

    public Intake(Bus bus, Surroundings around, Toolbox toolbox, Desk.Limits limits) {
        this.bus = bus;
        Mechanism mechanism = around.mechanism();
        this.markers = mechanism.markers.of(bus, around.time());
        Desk[] made = new Desk[1];
        Cancels known = mechanism.cancels.of(around.time(), cancel -> made[0].cancel(cancel));
        desk = new Desk(
                new Desk.Service(
                        toolbox,
                        around.executions(),
                        mechanism.answers.of(bus, around.time()),
                        markers,
                        known,
                        around.time(),
                        around.hands(),
                        around.observer().and(new WorkSpans(bus.spans()))),
                limits,
                mechanism.remembered.apply(limits.answers()));
        made[0] = desk;
        cancels = bus.tail(TailFrom.beginning(Catalogue.TOOL_CANCEL), known);
    }

    /**
     * What the intake does not make itself.
     *
     * @param hands runs what must not run on the thread that found it, and may block there
     * @param mechanism the rules of the intake; broken ones are for simulations
     */
    public record Surroundings(
            Executions executions, Time time, Executor hands, Observer observer, Mechanism mechanism) {

        public Surroundings(Executions executions, Time time, Executor hands, Observer observer) {
            this(executions, time, hands, observer, Mechanism.SOUND);
        }
    }

    /** Makes the parts of an intake that keep a rule each. */
    public static final class Mechanism {

        static final Mechanism SOUND =
                new Mechanism(Remembered::new, Answers::new, Markers::new, (_, then) -> new Cancels(then));

        private final IntFunction<Remembered> remembered;
        private final Part<Bus, Time, Answers> answers;
        private final Part<Bus, Time, Markers> markers;
        private final Part<Time, Consumer<ToolCancel>, Cancels> cancels;

        /** Makes a part of what it needs. */
        interface Part<A, B, P> {

            P of(A first, B second);
        }

        Mechanism(
                IntFunction<Remembered> remembered,
                Part<Bus, Time, Answers> answers,
                Part<Bus, Time, Markers> markers,
                Part<Time, Consumer<ToolCancel>, Cancels> cancels) {
            this.remembered = remembered;
            this.answers = answers;
            this.markers = markers;
            this.cancels = cancels;
        }
    }

    /** Completes when everything that was cancelled so far is known: before that nothing may be executed. */
    public CompletableFuture<Void> ready() {
        return cancels.caughtUp();
    }

    /** Joins the groups of these pools: from now on requests come. Completes when all can be asked from here. */
    public CompletableFuture<Void> join(Collection<String> pools) {
        for (String pool : pools) {
            Topic<ToolRequest> topic = Catalogue.toolRequest(pool);
            subscriptions.put(
                    pool, bus.subscribe(Group.of(Group.runners(pool), topic).answeredBy(ANSWERED), desk));
        }
        return CompletableFuture.allOf(
                subscriptions.values().stream().map(Subscription::ready).toArray(CompletableFuture[]::new));
    }

    /** How many requests of a pool stand in the log and have not been taken here, as of a moment ago. */
    public long queued(String pool) {
        Subscription subscription = subscriptions.get(pool);
        return subscription == null ? 0 : subscription.queued();
    }

    /** Since when there are cancels that have not been read. */
    public Optional<Instant> behindSince() {
        return cancels.behindSince();
    }

    public Desk desk() {
        return desk;
    }

    /** Leaves the groups: waits for what runs up to the bus's bound, and stops the rest, which the log still has. */
    @Override
    public void close() {
        subscriptions.values().forEach(Subscription::close);
        desk.abandon();
        cancels.close();
        markers.close();
    }
}
