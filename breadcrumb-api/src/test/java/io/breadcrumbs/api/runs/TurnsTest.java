package io.breadcrumbs.api.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private final Turns turns = new Turns();

    @Test
    void shouldLetOneActAtATimeUnderAnId() throws Exception {
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                all.add(hands.submit(() -> turns.take("r", () -> {
                    most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    return busy.decrementAndGet();
                })));
            }
        }

        assertThat(all).allSatisfy(one -> assertThat(one.get()).isZero());
        assertThat(most).hasValue(1);
        assertThat(turns.size()).isZero();
    }

    @Test
    void shouldNotHoldUpAnotherId() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> held = hands.submit(() -> turns.take("r", () -> awaited(other)));

            hands.submit(() -> turns.take("s", () -> {
                other.countDown();
                return true;
            }));

            assertThat(held.get()).isTrue();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void shouldLetTheNextOneActAfterAFailure() {
        assertThatThrownBy(() -> turns.take("r", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(turns.<String>take("r", () -> "yes")).isEqualTo("yes");
        assertThat(turns.size()).isZero();
    }
}
