package io.breadcrumbs.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HandlersTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** A tombstone that is handed over, with or without a trace. */
    private record Handed(@Nullable String trace, CompletableFuture<Position> durable) implements Delivery<ToolCancel> {

        static Handed traced(@Nullable String trace) {
            return new Handed(trace, new CompletableFuture<>());
        }

        @Override
        public Breadcrumb<ToolCancel> breadcrumb() {
            Partition partition = new Partition(Catalogue.TOOL_CANCEL.name(), 0);
            return new Breadcrumb<>(Catalogue.TOOL_CANCEL, partition, "k", null, new Headers("here", 1, trace));
        }

        @Override
        public Lane lane() {
            return Lane.EAGER;
        }

        @Override
        public void done() {
            durable.cancel(false);
        }

        @Override
        public void giveBack() {
            durable.cancel(false);
        }
    }

    @Test
    void shouldWorkOnAVirtualThreadOfItsOwn() {
        // Given
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        Receiver<ToolCancel> receiver = Handlers.onVirtualThreads(
                1, _ -> worker.complete(Thread.currentThread()), (_, failure) -> worker.completeExceptionally(failure));

        // When
        boolean taken = receiver.offer(Handed.traced(null));

        // Then
        assertThat(taken).isTrue();
        assertThat(result(worker)).matches(Thread::isVirtual).isNotSameAs(Thread.currentThread());
    }

    @Test
    void shouldRefuseWhatFindsNoRoomUntilSomethingIsDone() {
        // Given
        CountDownLatch end = new CountDownLatch(1);
        Receiver<ToolCancel> receiver = Handlers.onVirtualThreads(2, _ -> await(end), (_, _) -> {});
        assertThat(receiver.offer(Handed.traced(null))).isTrue();
        assertThat(receiver.offer(Handed.traced(null))).isTrue();
        assertThat(receiver.offer(Handed.traced(null))).isFalse();

        // When
        end.countDown();

        // Then
        offerUntilTaken(receiver);
        offerUntilTaken(receiver);
    }

    @Test
    void shouldGiveWhatFailsToWhoSeesToItsEndAndHaveRoomAgain() {
        // Given
        CompletableFuture<Delivery<ToolCancel>> given = new CompletableFuture<>();
        Receiver<ToolCancel> receiver = Handlers.onVirtualThreads(
                1,
                _ -> {
                    throw new IllegalStateException("broken");
                },
                (delivery, failure) -> {
                    assertThat(failure).hasMessage("broken");
                    given.complete(delivery);
                });
        Handed handed = Handed.traced(null);

        // When
        receiver.offer(handed);

        // Then
        assertThat(result(given)).isSameAs(handed);
        offerUntilTaken(receiver);
    }

    @Test
    void shouldSeeToTheEndOfARecordAtWhichTheMachineFails() {
        // Given
        CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
        Error error = new StackOverflowError();
        Receiver<ToolCancel> receiver = Handlers.onVirtualThreads(
                1,
                _ -> {
                    throw error;
                },
                (_, why) -> failure.complete(why));

        // When
        receiver.offer(Handed.traced(null));

        // Then
        assertThat(result(failure)).hasCause(error);
        offerUntilTaken(receiver);
    }

    @Test
    void shouldWorkInTheTraceOfTheRecord() {
        // Given
        CompletableFuture<String> trace = new CompletableFuture<>();
        Receiver<ToolCancel> receiver =
                Handlers.onVirtualThreads(1, _ -> trace.complete(Trace.CURRENT.get()), (_, _) -> {});

        // When
        receiver.offer(Handed.traced(PARENT));

        // Then
        assertThat(result(trace)).isEqualTo(PARENT);
    }

    @Test
    void shouldSeeToTheEndOfWhatFailsInTheTraceOfTheRecord() {
        // Given
        CompletableFuture<String> trace = new CompletableFuture<>();
        Receiver<ToolCancel> receiver = Handlers.onVirtualThreads(
                1,
                _ -> {
                    throw new IllegalStateException("broken");
                },
                (_, _) -> trace.complete(Trace.CURRENT.orElse("none")));

        // When
        receiver.offer(Handed.traced(PARENT));

        // Then
        assertThat(result(trace)).isEqualTo(PARENT);
    }

    @Test
    void shouldWorkInNoTraceWhereTheRecordHasNone() {
        // Given
        CompletableFuture<Boolean> bound = new CompletableFuture<>();
        Receiver<ToolCancel> receiver =
                Handlers.onVirtualThreads(1, _ -> bound.complete(Trace.CURRENT.isBound()), (_, _) -> {});

        // When
        ScopedValue.where(Trace.CURRENT, PARENT).run(() -> receiver.offer(Handed.traced(null)));

        // Then
        assertThat(result(bound)).isFalse();
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(); // unlike join, it ends when the test takes too long
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void offerUntilTaken(Receiver<ToolCancel> receiver) {
        while (!receiver.offer(Handed.traced(null))) {
            assertThat(Thread.interrupted()).as("it takes too long").isFalse();
        }
    }
}
