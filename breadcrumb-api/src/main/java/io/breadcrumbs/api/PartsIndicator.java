package io.breadcrumbs.api;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Down while a part of the platform has a fault; says which, and why. */
@Singleton
@Readiness
final class PartsIndicator implements HealthIndicator {

    private final Shown shown;

    PartsIndicator(Shown shown) {
        this.shown = shown;
    }

    /** Hands what the door was given to the beans that show it. */
    record Shown(Inside inside) {}

    @Override
    public Publisher<HealthResult> getResult() {
        Map<String, Map<String, Object>> details = new LinkedHashMap<>();
        boolean well = true;
        for (Map.Entry<String, Inside.Condition> part : shown.inside().parts().entrySet()) {
            Inside.Condition condition = part.getValue();
            well &= condition.faults().isEmpty();
            details.put(part.getKey(), Map.of("faults", condition.faults(), "notes", condition.notes()));
        }
        return Publishers.just(HealthResult.builder("parts", well ? HealthStatus.UP : HealthStatus.DOWN)
                .details(details)
                .build());
    }
}
