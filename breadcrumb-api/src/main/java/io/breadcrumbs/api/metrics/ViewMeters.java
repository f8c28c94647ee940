package io.breadcrumbs.api.metrics;

import io.breadcrumbs.api.runs.view.RunView;
import io.breadcrumbs.api.stream.Viewers;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Gauges of views and streams. */
public final class ViewMeters {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private ViewMeters() {}

    /** From now on a registry has the gauges of these. */
    public static void bind(MeterRegistry registry, RunView runs, Viewers viewers) {
        for (RunStatus status : RunStatus.values()) {
            String word = status.name().toLowerCase(Locale.ROOT);
            Gauge.builder("breadcrumbs.runs", runs, view -> view.count(word))
                    .description("Runs that this instance knows of")
                    .tag("status", word)
                    .register(registry);
        }
        Gauge.builder("breadcrumbs.streams", viewers, Viewers::size)
                .description("Streams that somebody watches here")
                .register(registry);
    }

    /** From now on a registry has the gauge of how far a view is behind. */
    public static void bindLag(MeterRegistry registry, String view, Supplier<CompletableFuture<Long>> asked) {
        Lag lag = new Lag(asked);
        Gauge.builder("breadcrumbs.view.lag", lag, Lag::last)
                .description("Offsets of the log that a view has not read, as of the time before")
                .tag("view", view)
                .strongReference(true)
                .register(registry);
    }

    /** Asks the log when somebody looks, and shows what it answered the time before. */
    private static final class Lag {

        private final Supplier<CompletableFuture<Long>> asked;
        private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - FRESH_NANOS);
        private volatile double last = Double.NaN;

        Lag(Supplier<CompletableFuture<Long>> asked) {
            this.asked = asked;
        }

        double last() {
            long now = System.nanoTime();
            long before = askedAt.get();
            if (now - before >= FRESH_NANOS && askedAt.compareAndSet(before, now)) {
                asked.get().whenComplete((offsets, failure) -> last = failure == null ? offsets : Double.NaN);
            }
            return last;
        }
    }
}
