package io.breadcrumbs.local.platform;

import io.breadcrumbs.api.Inside;
import io.breadcrumbs.local.telemetry.Telemetry;
import io.breadcrumbs.sdk.Health;
import io.breadcrumbs.sdk.trace.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What can be read of a platform while it runs: the meters of its process, and how its parts are. Any thread. */
final class Instruments implements Inside, AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<String, Supplier<Health>> parts = new ConcurrentHashMap<>();

    private final Telemetry telemetry;

    /** @param telemetry who is told what happens here */
    Instruments(Telemetry telemetry) {
        this.telemetry = telemetry;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    @Override
    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public Spans spans() {
        return telemetry.spans();
    }

    /** From now on a part is asked how it is. */
    void watch(String part, Supplier<Health> how) {
        parts.put(part, how);
    }

    @Override
    public Map<String, Condition> parts() {
        Map<String, Condition> conditions = new TreeMap<>();
        parts.forEach((part, how) -> {
            Health health = how.get();
            conditions.put(part, new Condition(health.faults(), health.notes()));
        });
        return conditions;
    }

    @Override
    public String meters() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
        telemetry.close();
    }
}
