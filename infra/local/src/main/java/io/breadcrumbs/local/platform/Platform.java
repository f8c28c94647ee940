package io.breadcrumbs.local.platform;

import io.breadcrumbs.api.Door;
import io.breadcrumbs.api.DoorSettings;
import io.breadcrumbs.api.ServicesSettings;
import io.breadcrumbs.api.webhooks.SigningSecrets;
import io.breadcrumbs.api.webhooks.WebhookSettings;
import io.breadcrumbs.engine.EngineSettings;
import io.breadcrumbs.local.data.DataFolder;
import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.breadcrumbs.local.kafka.Ports;
import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.local.telemetry.Telemetry;
import io.breadcrumbs.schemas.wire.RegistryException;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.secret.MasterKeys;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running platform. */
public final class Platform implements AutoCloseable {

    private final DataFolder folder;
    private final PlatformState state;
    private final Bus bus;
    private final Deque<AutoCloseable> parts;

    private Platform(DataFolder folder, PlatformState state, Bus bus, Deque<AutoCloseable> parts) {
        this.folder = folder;
        this.state = state;
        this.bus = bus;
        this.parts = parts;
    }

    /** Starts all parts; returns when the platform is ready, or with the first fault and nothing left running. */
    public static Opened<Platform> start(PlatformSettings settings, Progress progress) {
        return switch (DataFolder.open(settings.data(), settings.fresh())) {
            case Opened.Refused<DataFolder>(Fault fault) -> new Opened.Refused<>(fault);
            case Opened.Running<DataFolder>(DataFolder folder) -> {
                Deque<AutoCloseable> parts = new ArrayDeque<>();
                parts.push(folder);
                try {
                    Instruments instruments = new Instruments(telemetry(settings));
                    parts.push(instruments);
                    yield new Opened.Running<>(new Starter(settings, progress, folder, instruments, parts).start());
                } catch (FaultException e) {
                    close(parts);
                    yield new Opened.Refused<>(e.fault);
                }
            }
        };
    }

    public PlatformState state() {
        return state;
    }

    /** The bus that its parts share, and close. */
    public Bus bus() {
        return bus;
    }

    @Override
    public void close() {
        try {
            PlatformState.remove(folder.path());
        } catch (IOException e) {
            log().warn("the state file stays behind in {}", folder.path(), e);
        }
        close(parts);
    }

    /** Not a constant: the log lies in the data folder, so that nobody must have a logger before the folder is ours. */
    private static Logger log() {
        return LoggerFactory.getLogger(Platform.class);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log().warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }

    /** Ends a start from within. */
    private static final class FaultException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Fault fault;

        FaultException(Fault fault) {
            super(fault.message());
            this.fault = fault;
        }
    }

    private static Telemetry telemetry(PlatformSettings settings) {
        try {
            return Telemetry.of(settings.otlp(), System.getenv());
        } catch (IllegalArgumentException e) {
            throw new FaultException(new Fault.NotStarted("telemetry", String.valueOf(e.getMessage())));
        }
    }

    /** One start; the order of its steps is the order in which the parts need each other. */
    private record Starter(
            PlatformSettings settings,
            Progress progress,
            DataFolder folder,
            Instruments instruments,
            Deque<AutoCloseable> parts) {

        Platform start() {
            demandFree("the HTTP door", settings.ports().http(), "--port");
            demandFree("the schema registry", settings.ports().registry(), "--registry-port");
            demandFree("Kafka", settings.ports().kafka(), "--kafka-port");
            int kafkaPort = Ports.choose(settings.ports().kafka());
            int registryPort = Ports.choose(settings.ports().registry());
            String instance = UUID.randomUUID().toString();
            CompletableFuture<Door> opening = CompletableFuture.supplyAsync(
                    () -> Door.start(door(kafkaPort, registryPort, instance), instruments),
                    Thread.ofPlatform().name("door-starter")::start);
            try {
                EmbeddedKafka kafka =
                        running(EmbeddedKafka.start(new BrokerSettings(folder.kafka(), kafkaPort, "--kafka-port")));
                progress.done("kafka      " + kafka.bootstrapServers());
                EmbeddedRegistry registry = running(EmbeddedRegistry.start(kafka.bootstrapServers(), registryPort));
                progress.done("registry   " + registry.url());
                progress.done("topics     " + topics(kafka.bootstrapServers(), registry.url()));
                BusSettings log = BusSettings.of(kafka.bootstrapServers(), registry.url(), "platform");
                Bus bus = KafkaBus.connect(log, instruments.spans());
                parts.push(bus);
                Brokers brokers = KafkaBrokers.of(log);
                parts.push(brokers);
                LocalBreadcrumbs breadcrumbs = running(LocalBreadcrumbs.start(bus, brokers, services(), instruments));
                if (!settings.pools().isEmpty()) {
                    LocalRunner runner = running(LocalRunner.start(
                            bus, settings, instruments, breadcrumbs.services().breadcrumbs()));
                    progress.done("runner     " + runner);
                    runner.warnings().forEach(warning -> progress.done("warning    " + warning));
                    runner.mcpStates().forEach(state -> progress.done("mcp        " + state));
                }
                LocalEngine engine = running(LocalEngine.start(
                        bus,
                        EngineSettings.of(kafka.bootstrapServers(), registry.url(), folder.engine())
                                .keeping(settings.keepRuns()),
                        instruments));
                progress.done("engine     " + engine);
                Door door = door(opening);
                PlatformState state = PlatformState.here(
                        door.url(), kafka.bootstrapServers(), registry.url(), instance, Version.current());
                state.write(folder.path());
                door.serve(breadcrumbs.services());
                door.ready();
                return new Platform(folder, state, bus, parts);
            } catch (IOException e) {
                throw new FaultException(new Fault.FolderNotWritable(folder.path(), String.valueOf(e)));
            } catch (FaultException e) {
                opening.whenComplete((door, failure) -> {
                    if (door != null && !parts.contains(door)) {
                        door.close();
                    }
                });
                throw e;
            }
        }

        private ServicesSettings services() throws IOException {
            return new ServicesSettings(
                    folder.views(),
                    WebhookSettings.of(settings.allowed().reach(), SigningSecrets.of(folder.webhookKey())),
                    MasterKeys.ofEnvironmentOrDrawn(
                            folder.masterKeys(),
                            file -> log().info("a master key is in {}: without it no secret can be read", file)),
                    settings.allowed().security().limits());
        }

        private DoorSettings door(int kafkaPort, int registryPort, String instance) {
            return new DoorSettings(
                            settings.ports().http(),
                            "127.0.0.1:" + kafkaPort,
                            "http://127.0.0.1:" + registryPort,
                            instance,
                            Version.current())
                    .withSecurity(settings.allowed().security());
        }

        private <T extends AutoCloseable> T running(Opened<T> opened) {
            return switch (opened) {
                case Opened.Running<T>(T it) -> {
                    parts.push(it);
                    yield it;
                }
                case Opened.Refused<T>(Fault fault) -> throw new FaultException(fault);
            };
        }

        private String topics(String bootstrapServers, String registryUrl) {
            try {
                Topics.Prepared prepared = Topics.prepare(bootstrapServers, registryUrl);
                if (!prepared.faults().isEmpty()) {
                    throw new FaultException(new Fault.TopicsDiffer(
                            folder.path(),
                            prepared.faults().getFirst().message(),
                            prepared.faults().size() - 1));
                }
                return prepared.said();
            } catch (KafkaException | RegistryException e) {
                throw new FaultException(new Fault.NotStarted("topics", String.valueOf(e.getMessage())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FaultException(new Fault.NotStarted("topics", "interrupted"));
            }
        }

        private Door door(CompletableFuture<Door> opening) {
            try {
                Door door = opening.join();
                parts.push(door);
                progress.done("http       " + door.url());
                progress.done("security   " + settings.allowed().security());
                return door;
            } catch (CompletionException e) {
                throw new FaultException(new Fault.NotStarted("the HTTP door", String.valueOf(e.getCause())));
            }
        }

        private static void demandFree(String who, int port, String option) {
            if (port != 0 && !Ports.free(port)) {
                throw new FaultException(new Fault.PortTaken(who, port, option));
            }
        }
    }
}
