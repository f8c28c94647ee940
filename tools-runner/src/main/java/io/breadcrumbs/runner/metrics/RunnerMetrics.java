package io.breadcrumbs.runner.metrics;

import io.breadcrumbs.runner.Runner;
import io.breadcrumbs.runner.intake.Observer;
import io.breadcrumbs.runner.intake.Occupancy;
import io.breadcrumbs.runner.intake.Work;
import io.breadcrumbs.schemas.ToolError;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Load;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters of a runner and of the bus that it works on. Thread-safe. */
public final class RunnerMetrics implements Observer {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1)
    };

    private final MeterRegistry registry;
    private final ToolNames names = new ToolNames();
    private final Map<Answered, Counter> requests = new ConcurrentHashMap<>();
    private final Map<Executed, Timer> executions = new ConcurrentHashMap<>();
    private final Timer waits;

    private record Answered(String tool, String outcome, String lane) {}

    private record Executed(String tool, String outcome) {}

    public RunnerMetrics(MeterRegistry registry) {
        this.registry = registry;
        waits = Timer.builder("breadcrumbs.tool.wait")
                .description("From a request's coming to a runner until its tool begins")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void answered(Work work, ToolResponse response) {
        String tool = names.of(work);
        ToolError error = response.getError();
        String outcome = error == null ? "success" : lowerCase(error.getKind());
        requests.computeIfAbsent(new Answered(tool, outcome, lowerCase(response.getLane())), this::counter)
                .increment();
        work.waited().ifPresent(waits::record);
        work.executed()
                .ifPresent(took -> executions
                        .computeIfAbsent(new Executed(tool, outcome), this::timer)
                        .record(took));
    }

    @Override
    public void clings(Work work) {
        // the gauge of stuck executions tells
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Counter counter(Answered answered) {
        return Counter.builder("breadcrumbs.tool.requests")
                .description("Requests that were answered, whether they were executed or not")
                .tags("tool", answered.tool(), "outcome", answered.outcome(), "lane", answered.lane())
                .register(registry);
    }

    private Timer timer(Executed executed) {
        return Timer.builder("breadcrumbs.tool.execution")
                .description("Executions, from their begin to their answer")
                .tags("tool", executed.tool(), "outcome", executed.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Shows what a runner and its bus have at each moment. */
    public void watch(Runner runner, Bus bus) {
        Gauge.builder("breadcrumbs.runner.slots", runner, r -> r.settings().concurrency())
                .description("Executions that are possible at once")
                .register(registry);
        occupancy(runner, "slots.taken", "Executions now", Occupancy::executing);
        occupancy(runner, "slots.stuck", "Executions that were stopped and do not end", Occupancy::stuck);
        occupancy(runner, "requests.open", "Requests here that have no acknowledged answer", Occupancy::open);
        occupancy(runner, "requests.queued", "Requests that wait for their tool or workspace", Occupancy::queued);
        occupancy(runner, "requests.claimed", "Requests whose marker is on its way", Occupancy::claims);
        for (String pool : runner.settings().pools()) {
            Gauge.builder("breadcrumbs.runner.queue", runner, r -> r.queued(pool))
                    .description("Requests in the log that have not been taken here")
                    .tags("pool", pool)
                    .register(registry);
        }
        load(bus, "records.open", "Records that were handed over and are not done", Load::openRecords);
        load(bus, "calls", "Calls that wait for their answer", Load::calls);
        load(bus, "bodies", "Large bodies that are being read", Load::bodies);
        Gauge.builder("breadcrumbs.bus.inflight", bus, b -> b.load().inFlightBytes())
                .description("What waits for its acknowledgement")
                .baseUnit("bytes")
                .register(registry);
    }

    private void occupancy(Runner runner, String name, String what, ToDoubleFunction<Occupancy> of) {
        Gauge.builder(
                        "breadcrumbs.runner." + name,
                        runner,
                        r -> of.applyAsDouble(r.desk().occupancy()))
                .description(what)
                .register(registry);
    }

    private void load(Bus bus, String name, String what, ToDoubleFunction<Load> of) {
        Gauge.builder("breadcrumbs.bus." + name, bus, b -> of.applyAsDouble(b.load()))
                .description(what)
                .register(registry);
    }
}
