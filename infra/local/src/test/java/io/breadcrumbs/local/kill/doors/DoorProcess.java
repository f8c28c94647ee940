package io.breadcrumbs.local.kill.doors;

import io.breadcrumbs.api.Door;
import io.breadcrumbs.api.DoorSettings;
import io.breadcrumbs.api.Inside;
import io.breadcrumbs.api.Services;
import io.breadcrumbs.api.ServicesSettings;
import io.breadcrumbs.api.security.SecuritySettings;
import io.breadcrumbs.api.webhooks.SigningSecrets;
import io.breadcrumbs.api.webhooks.WebhookSettings;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.kill.Trail;
import io.breadcrumbs.local.kill.Trail.Kind;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.egress.Reach;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.trace.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A door without anything else. It ends in order when its standard input ends. */
public final class DoorProcess {

    private DoorProcess() {}

    /** Arguments: bootstrap servers, registry URL, trail file, name, folder for its views, port. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[4]));
        DoorSettings settings = new DoorSettings(
                        Integer.parseInt(arguments[5]), arguments[0], arguments[1], arguments[3], "test")
                .withSecurity(SecuritySettings.OFF);
        BusSettings log = BusSettings.of(arguments[0], arguments[1], arguments[3]);
        try (Trail trail = new Trail(Path.of(arguments[2]));
                SystemTime time = new SystemTime(arguments[3]);
                Bus bus = KafkaBus.connect(log);
                Brokers brokers = KafkaBrokers.of(log)) {
            KafkaBus.awaitReady(bus, Duration.ofSeconds(60));
            WebhookSettings posting =
                    WebhookSettings.of(Reach.NOTHING, SigningSecrets.of(folder.resolve("signing-key")));
            ServicesSettings views = new ServicesSettings(
                    folder.resolve("views"),
                    posting,
                    MasterKeys.ofEnvironmentOr(folder.resolve("master.keys")),
                    settings.security().limits());
            try (Services services = new Services(bus, brokers, time, Thread::startVirtualThread, views);
                    Door door = Door.start(settings, new Alone())) {
                Patience.await("the views have read the log", () -> services.missing() == null);
                door.serve(services);
                door.ready();
                trail.note(Kind.READY, bus.instance());
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static final class Alone implements Inside {

        private final MeterRegistry registry = new SimpleMeterRegistry();

        @Override
        public Map<String, Condition> parts() {
            return Map.of();
        }

        @Override
        public MeterRegistry registry() {
            return registry;
        }

        @Override
        public Spans spans() {
            return Spans.OFF;
        }

        @Override
        public String meters() {
            return "";
        }
    }
}
