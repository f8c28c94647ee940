package io.breadcrumbs.local.platform;

import io.breadcrumbs.api.Services;
import io.breadcrumbs.api.ServicesSettings;
import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Health;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.operate.Brokers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The owner of breadcrumbs and their view, in the platform. */
final class LocalBreadcrumbs implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final SystemTime time = new SystemTime("breadcrumbs");
    private final Services services;

    private LocalBreadcrumbs(Bus bus, Brokers brokers, ServicesSettings settings) throws IOException {
        services = new Services(bus, brokers, time, Thread::startVirtualThread, settings);
    }

    /** Starts them; returns when breadcrumbs can be written and found. */
    static Opened<LocalBreadcrumbs> start(
            Bus bus, Brokers brokers, ServicesSettings settings, Instruments instruments) {
        LocalBreadcrumbs started;
        try {
            started = new LocalBreadcrumbs(bus, brokers, settings);
        } catch (IOException e) {
            return refused(
                    "what the views of breadcrumbs and runs save in " + settings.folder() + " cannot be opened: " + e);
        }
        instruments.watch("breadcrumbs", started::health);
        started.services.measure(instruments.registry());
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        String missing = started.missing();
        try {
            while (missing != null && System.nanoTime() < until) {
                Thread.sleep(LOOK_EVERY);
                missing = started.missing();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing = "interrupted";
        }
        if (missing == null) {
            return new Opened.Running<>(started);
        }
        started.close();
        return refused(missing);
    }

    private static Opened<LocalBreadcrumbs> refused(String why) {
        return new Opened.Refused<>(new Fault.NotStarted("breadcrumbs", why));
    }

    /** Nobody else owns any: until they come here they cannot be changed. */
    private @Nullable String missing() {
        String missing = services.missing();
        return missing == null && services.partitions().isEmpty() ? "no breadcrumbs have come here yet" : missing;
    }

    private Health health() {
        String missing = services.missing();
        return new Health(
                Stream.of(missing, services.late()).filter(Objects::nonNull).toList(), List.of());
    }

    Services services() {
        return services;
    }

    @Override
    public void close() {
        services.close();
        time.close();
    }
}
