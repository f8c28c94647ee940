package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.engine.Copies;
import io.breadcrumbs.engine.Engine;
import io.breadcrumbs.engine.EngineSettings;
import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.local.kill.Trail;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.local.kill.brokers.Brokers;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A workflow-engine. It ends in order when its standard input ends. */
public final class EngineProcess {

    private static final int RUNS_AT_HAND = 50;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private EngineProcess() {}

    /**
     * Arguments: bootstrap servers, registry URL, trail file, name, folder for its rows, number of brokers, standbys.
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        TopicAdmin.Settings topics = Brokers.topics(Integer.parseInt(arguments[5]));
        EngineSettings settings = new EngineSettings(
                arguments[0],
                arguments[1],
                "kill-engine",
                Path.of(arguments[4]),
                1,
                Copies.of(topics).withStandbys(Integer.parseInt(arguments[6])),
                Keeping.of(RUNS_AT_HAND),
                Map.of());
        try (Trail trail = new Trail(Path.of(arguments[2]));
                SystemTime time = new SystemTime(arguments[3]);
                Bus bus = KafkaBus.connect(
                        BusSettings.of(arguments[0], arguments[1], arguments[3]).withTopics(topics))) {
            KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
            try (Engine engine = new Engine(bus, time, settings)) {
                look(engine, time, () -> trail.note(Kind.READY, bus.instance()));
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Waits until it can take over: one that has come anew keeps copies first, and gets partitions a minute later. */
    private static void look(Engine engine, SystemTime time, Runnable ready) {
        if (engine.acts() || engine.warmCopies() > 0) {
            ready.run();
        } else {
            time.after(LOOK_EVERY, () -> look(engine, time, ready));
        }
    }
}
