package io.breadcrumbs.api;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Down until whoever starts the platform says that it is ready. Any thread. */
@Singleton
@Readiness
final class ReadinessGate implements HealthIndicator {

    private volatile boolean open;

    void open() {
        open = true;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthStatus status = open ? HealthStatus.UP : HealthStatus.DOWN;
        return Publishers.just(HealthResult.builder("platform", status).build());
    }
}
