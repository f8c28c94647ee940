package io.breadcrumbs.local.bus;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Ask;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Call;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Handlers;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Subscription;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users of the bus rely on, over whatever broker a subclass gives. */
@Timeout(60)
abstract class BusScenarios {

    /** How often an answer is published, and with which pause: as long as a test may last. */
    private static final int TRIES = 600;

    private static final int PAUSE_MS = 100;

    /** More than a tail keeps for a reader that has not read them. */
    private static final int HELD = 6_000;

    private final List<AutoCloseable> opened = new ArrayList<>();

    abstract BusSettings settings();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    private Bus bus() throws InterruptedException {
        Bus bus = KafkaBus.connect(settings());
        opened.add(bus);
        return KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
    }

    private Subscription echo(Bus bus, AtomicInteger runs, Map<Lane, Integer> lanes) {
        return bus.subscribe(
                Group.of("echo", Catalogue.TOOL_REQUEST),
                Handlers.onVirtualThreads(
                        1_000,
                        delivery -> {
                            runs.incrementAndGet();
                            lanes.merge(delivery.lane(), 1, Integer::sum);
                            answer(bus, delivery, TRIES);
                        },
                        (_, failure) -> {
                            throw failure;
                        }));
    }

    /** Tries again in a moment; not on a bus that is closed, since then the request is somebody else's. */
    private static void answer(Bus bus, Delivery<ToolRequest> delivery, int tries) {
        ToolRequest request = delivery.breadcrumb().body();
        ToolResponse response = Records.answer(request);
        bus.publish(Catalogue.TOOL_RESPONSE, request.getRequestId(), response).whenComplete((_, failure) -> {
            if (failure == null) {
                delivery.done();
            } else if (tries > 1 && !closed(failure)) {
                CompletableFuture.delayedExecutor(PAUSE_MS, MILLISECONDS)
                        .execute(() -> answer(bus, delivery, tries - 1));
            }
        });
    }

    private static boolean closed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof BusException why && why.code() == ErrorCode.CLOSED;
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s for: " + what).isLessThan(until);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldAnswerLocallyAndOnceWhenRequesterAndRunnerShareAProcess() throws Exception {
        // Given
        Bus bus = bus();
        AtomicInteger runs = new AtomicInteger();
        Map<Lane, Integer> lanes = new ConcurrentHashMap<>();
        Subscription subscription = echo(bus, runs, lanes);
        await("the eager lane is open", () -> !subscription.owned().isEmpty());

        // When
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(bus.request(Ask.of("echo", "{\"n\":" + i + "}")));
        }

        // Then
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).durable().get(30, SECONDS).getOutput()).isEqualTo("{\"n\":" + i + "}");
        }
        assertThat(runs).hasValue(1_000);
        assertThat(lanes.getOrDefault(Lane.EAGER, 0)).isPositive();
    }

    @Test
    void shouldAnswerWhenTheRunnerIsAnotherInstance() throws Exception {
        // Given
        Bus requester = bus();
        Bus runner = bus();
        AtomicInteger runs = new AtomicInteger();
        Map<Lane, Integer> lanes = new ConcurrentHashMap<>();
        echo(runner, runs, lanes);

        // When
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(requester.request(Ask.of("echo", "{}").within(Duration.ofSeconds(30))));
        }

        // Then
        for (Call call : calls) {
            assertThat(call.answered().get(30, SECONDS).getRequestId()).isEqualTo(call.requestId());
        }
        assertThat(runs).hasValue(200);
        assertThat(lanes).containsOnlyKeys(Lane.LOG);
    }

    @Test
    void shouldGiveWhatOneInstanceLeavesToTheNext() throws Exception {
        // Given
        Bus requester = bus();
        Bus first = KafkaBus.awaitReady(KafkaBus.connect(settings()), Duration.ofSeconds(30));
        AtomicInteger runs = new AtomicInteger();
        Subscription subscription = echo(first, runs, new ConcurrentHashMap<>());
        requester
                .request(Ask.of("echo", "{}").within(Duration.ofSeconds(30)))
                .durable()
                .get(30, SECONDS);

        // When
        subscription.close();
        Call waiting = requester.request(Ask.of("echo", "{\"later\":1}").within(Duration.ofSeconds(50)));
        first.close();
        echo(bus(), runs, new ConcurrentHashMap<>());

        // Then
        assertThat(waiting.durable().get(30, SECONDS).getOutput()).isEqualTo("{\"later\":1}");
        assertThat(runs).hasValue(2);
    }

    @Test
    void shouldReadATailInOrderWithoutGapFromTheBeginningAndFromTheEnd() throws Exception {
        // Given
        Bus bus = bus();
        Map<Integer, Long> beginning = new HashMap<>();
        for (int p = 0; p < settings().partitions(); p++) {
            beginning.put(p, TailFrom.BEGINNING);
        }
        Map<Integer, List<Long>> seen = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();

        // When
        List<CompletableFuture<Position>> published = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            published.add(bus.publish(Catalogue.TOOL_CANCEL, "tail" + i, Records.cancel("tail" + i)));
        }
        opened.add(bus.tail(new TailFrom<>(Catalogue.TOOL_CANCEL, beginning), (breadcrumb, position, _) -> {
            seen.computeIfAbsent(position.partition().number(), _ -> new ArrayList<>())
                    .add(position.offset());
            keys.add(breadcrumb.key());
        }));
        for (int i = 500; i < 1_000; i++) {
            published.add(bus.publish(Catalogue.TOOL_CANCEL, "tail" + i, Records.cancel("tail" + i)));
        }
        for (CompletableFuture<Position> one : published) {
            one.get(30, SECONDS);
        }

        // Then
        await(
                "all are read",
                () -> keys.stream().filter(key -> key.startsWith("tail")).count() == 1_000);
        seen.forEach((partition, offsets) -> {
            for (int i = 0; i < offsets.size(); i++) {
                assertThat(offsets.get(i)).as("partition " + partition).isEqualTo(i);
            }
        });
    }

    @Test
    void shouldGoOnWithEverythingElseWhileTheReaderOfATailHangs() throws Exception {
        // Given
        Bus bus = bus();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        AtomicInteger slow = new AtomicInteger();
        AtomicInteger fast = new AtomicInteger();
        Tail hanging = bus.tail(TailFrom.end(Catalogue.TOOL_CANCEL), (_, _, _) -> {
            goOn.join();
            slow.incrementAndGet();
        });
        Tail other = bus.tail(TailFrom.end(Catalogue.TOOL_CANCEL), (_, _, _) -> fast.incrementAndGet());
        opened.add(hanging);
        opened.add(other);
        hanging.ready().get(30, SECONDS);
        other.ready().get(30, SECONDS);
        echo(bus, new AtomicInteger(), new ConcurrentHashMap<>());

        // When
        List<CompletableFuture<Position>> published = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            published.add(bus.publish(Catalogue.TOOL_CANCEL, "held" + i, Records.cancel("held" + i)));
        }
        for (CompletableFuture<Position> one : published) {
            one.get(30, SECONDS);
        }

        // Then
        await("the other tail has read all", () -> fast.get() == HELD);
        assertThat(bus.request(Ask.of("echo", "{}")).durable().get(30, SECONDS).getOutput())
                .isEqualTo("{}");
        assertThat(other.lag().get(30, SECONDS)).isZero();
        assertThat(hanging.lag().get(30, SECONDS)).isEqualTo(HELD);
        await("the tail says that it is behind", () -> hanging.behindSince().isPresent());
        goOn.complete(null);
        await("the tail has read all", () -> slow.get() == HELD);
        await("it is behind no more", () -> hanging.behindSince().isEmpty());
        assertThat(hanging.lag().get(30, SECONDS)).isZero();
    }

    @Test
    void shouldCarryABodyOfManyMegabytesAsChunks() throws Exception {
        // Given
        Bus requester = bus();
        Bus runner = bus();
        echo(runner, new AtomicInteger(), new ConcurrentHashMap<>());
        String body = "\"" + "x".repeat(3 << 20) + "\"";

        // When
        Call call = requester.request(Ask.of("echo", body).within(Duration.ofSeconds(40)));

        // Then
        assertThat(call.durable().get(40, SECONDS).getOutput()).isEqualTo(body);
    }

    @Test
    void shouldBuryWhatCannotBeDecodedAndGoOn() throws Exception {
        // Given
        Bus bus = bus();
        AtomicInteger runs = new AtomicInteger();
        ConcurrentLinkedQueue<Breadcrumb<?>> buried = new ConcurrentLinkedQueue<>();
        Map<Integer, Long> end = new HashMap<>();
        for (int p = 0; p < settings().partitions(); p++) {
            end.put(p, TailFrom.END);
        }
        var tail = bus.tail(new TailFrom<>(Catalogue.DEAD_LETTER, end), (breadcrumb, _, _) -> buried.add(breadcrumb));
        opened.add(tail);
        tail.ready().get(30, SECONDS);
        echo(bus, runs, new ConcurrentHashMap<>());

        // When
        Records.appendRaw(settings(), Catalogue.TOOL_REQUEST.name(), "poison", new byte[] {9, 9, 9});

        // Then
        await("a dead letter", () -> !buried.isEmpty());
        assertThat(bus.request(Ask.of("echo", "{}")).durable().get(30, SECONDS).getOutput())
                .isEqualTo("{}");
    }

    @Test
    void shouldSayWhatIsWrongWithARecordThatIsTooLarge() throws Exception {
        // Given
        Bus bus = bus();

        // When
        var published = bus.publish(Catalogue.TOOL_CANCEL, "k", Records.cancel("y".repeat(2 << 20)));

        // Then
        assertThatThrownBy(() -> published.get(30, SECONDS))
                .hasCauseInstanceOf(BusException.class)
                .hasMessageContaining("at most");
    }
}
