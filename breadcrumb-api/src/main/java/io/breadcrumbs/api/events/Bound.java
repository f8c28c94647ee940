package io.breadcrumbs.api.events;

import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.stream.Place;
import io.breadcrumbs.sdk.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the log begins, or ends. However many want to know it, the log is asked once in a while. */
final class Bound {

    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<CompletableFuture<Map<Integer, Long>>> log;
    private final Time time;
    private @Nullable Asked last;

    private record Asked(Instant at, CompletableFuture<Map<Integer, Long>> offsets) {}

    Bound(Supplier<CompletableFuture<Map<Integer, Long>>> log, Time time) {
        this.log = log;
        this.time = time;
    }

    /** Where it was a moment ago. Blocks. */
    Place now() {
        try {
            return Place.of(asked().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the log does not say how far it goes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "interrupted");
        }
    }

    private synchronized CompletableFuture<Map<Integer, Long>> asked() {
        Asked known = last;
        boolean fresh = known != null
                && !known.offsets().isCompletedExceptionally()
                && time.now().isBefore(known.at().plus(FRESH));
        if (known == null || !fresh) {
            known = new Asked(time.now(), log.get());
            last = known;
        }
        return known.offsets();
    }
}
