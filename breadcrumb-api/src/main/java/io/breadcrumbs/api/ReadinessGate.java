package io.breadcrumbs.api;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Down until whoever starts the platform says that it is ready. Any thread. */
@Singleton
@Readiness
final class ReadinessGate implements HealthIndicator {

    private volatile boolean open;
    private volatile Supplier<@Nullable String> missing = () -> null;

    void open() {
        open = true;
    }

    /** @param asked what is missing at the moment; null: nothing */
    void watch(Supplier<@Nullable String> asked) {
        missing = asked;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        String why = missing.get();
        HealthStatus status = open && why == null ? HealthStatus.UP : HealthStatus.DOWN;
        HealthResult.Builder result = HealthResult.builder("platform", status);
        return Publishers.just((why == null ? result : result.details(Map.of("missing", why))).build());
    }
}
