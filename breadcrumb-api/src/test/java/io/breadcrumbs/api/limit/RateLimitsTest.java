package io.breadcrumbs.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final RateLimits limits = limits(10, 3);

    private RateLimits limits(int perSecond, int burst) {
        return new RateLimits(LimitSettings.USUAL.withRequests(perSecond, burst), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long taken(String caller, int asked) {
        return IntStream.range(0, asked).filter(_ -> limits.take(caller)).count();
    }

    @Test
    void shouldLetEachCallerAskSoOftenAtOnceAndSoOftenASecond() {
        assertThat(taken("ann", 10)).isEqualTo(3);
        assertThat(taken("bob", 10)).isEqualTo(3);

        pass(Duration.ofMillis(99));
        assertThat(taken("ann", 10)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(taken("ann", 10)).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(taken("ann", 10)).isEqualTo(3);
    }

    @Test
    void shouldNotCountWhatItRefuses() {
        assertThat(taken("ann", 10_000)).isEqualTo(3);

        pass(Duration.ofMillis(300));

        assertThat(taken("ann", 10)).isEqualTo(3);
    }

    @Test
    void shouldForgetWhoIsIdle() {
        IntStream.range(0, 1_000).forEach(i -> limits.take("caller " + i));
        pass(Duration.ofSeconds(11));

        limits.take("ann");

        assertThat(limits.size()).isEqualTo(1);
    }

    @Test
    void shouldKeepABoundedNumberOfCallers() {
        IntStream.range(0, 150_000).forEach(i -> limits.take("caller " + i));

        assertThat(limits.size()).isLessThanOrEqualTo(100_001);
        assertThat(limits.take("one more")).isFalse();
        assertThat(limits.take("caller 0")).isTrue();
    }

    @Test
    void shouldCountNothingWithoutALimit() {
        RateLimits none = limits(0, 1);

        assertThat(IntStream.range(0, 1_000).allMatch(_ -> none.take("ann"))).isTrue();
        assertThat(none.size()).isZero();
    }

    @Test
    void shouldCountWhatComesAtTheSameTime() throws Exception {
        RateLimits many = limits(1, 500);
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                counts.add(threads.submit(() ->
                        IntStream.range(0, 1_000).filter(_ -> many.take("ann")).count()));
            }
        }

        long all = 0;
        for (Future<Long> count : counts) {
            all += count.get();
        }
        assertThat(all).isEqualTo(500);
    }
}
