package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes again and again until the log has it: for what does no harm when it stands there twice. Any thread; never
 * blocks.
 */
public record Durably(Bus bus, Time time) {

    private static final Duration AGAIN = Duration.ofMillis(200);

    /** Completes when the log has it; fails only with what will not get better. */
    public <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        CompletableFuture<Position> durable = new CompletableFuture<>();
        attempt(draft, Trace.current(), durable);
        return durable;
    }

    private <V extends SpecificRecord> void attempt(
            Draft<V> draft, @Nullable String trace, CompletableFuture<Position> durable) {
        Trace.within(trace, () -> bus.publish(draft)).whenComplete((position, failure) -> {
            if (failure == null) {
                durable.complete(position);
            } else if (isFinal(failure)) {
                durable.completeExceptionally(failure);
            } else {
                time.after(AGAIN, () -> attempt(draft, trace, durable));
            }
        });
    }

    private static boolean isFinal(Throwable failure) {
        ErrorCode code = BusException.codeOf(failure);
        return code == ErrorCode.CLOSED || (code != null && code.kind() == ErrorCode.Kind.CALLER);
    }
}
