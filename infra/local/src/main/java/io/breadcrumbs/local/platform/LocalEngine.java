package io.breadcrumbs.local.platform;

import io.breadcrumbs.engine.Engine;
import io.breadcrumbs.engine.EngineSettings;
import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The workflow-engine of the platform. */
final class LocalEngine implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final SystemTime time;
    private final Engine engine;

    private LocalEngine(SystemTime time, Engine engine) {
        this.time = time;
        this.engine = engine;
    }

    /** Starts it; returns when it decides in all partitions. */
    static Opened<LocalEngine> start(Bus bus, EngineSettings settings, Instruments instruments) {
        SystemTime time = new SystemTime("engine");
        LocalEngine started = null;
        String why;
        try {
            KafkaBus.awaitReady(bus, READY_WITHIN);
            Engine engine = new Engine(bus, time, settings);
            started = new LocalEngine(time, engine);
            instruments.watch("engine", engine::health);
            watch(engine, instruments.registry());
            started.engine.whenActing().get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
            return new Opened.Running<>(started);
        } catch (BusException | ExecutionException e) {
            why = String.valueOf(e.getMessage());
        } catch (TimeoutException e) {
            why = "it does not decide in all partitions within " + READY_WITHIN.toSeconds() + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted";
        }
        if (started == null) {
            time.close();
        } else {
            started.close();
        }
        return new Opened.Refused<>(new Fault.NotStarted("the workflow-engine", why));
    }

    private static void watch(Engine engine, MeterRegistry meters) {
        Gauge.builder("breadcrumbs.engine.partitions", engine, Engine::partitions)
                .description("Partitions that this engine has")
                .register(meters);
        Gauge.builder("breadcrumbs.engine.waiting", engine, Engine::waiting)
                .description("Inputs and notices that wait for a coordinator")
                .register(meters);
        Gauge.builder("breadcrumbs.engine.owed", engine, Engine::owed)
                .description("Decisions not read back, and messages of decisions not acknowledged")
                .register(meters);
    }

    @Override
    public String toString() {
        return engine.partitions() + " partitions";
    }

    @Override
    public void close() {
        engine.close();
        time.close();
    }
}
