package io.breadcrumbs.local.bench;

import io.breadcrumbs.local.data.Folders;
import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.breadcrumbs.local.kafka.Ports;
import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.local.platform.Topics;
import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.Handlers;
import io.breadcrumbs.sdk.Subscription;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Main class of a benchmark's other processes. Says when it is ready; ends when its standard input does. */
public final class Companion {

    public static final String PLATFORM = "platform";
    public static final String PEER = "peer";
    /** A platform without engine and runners: whoever measures these has them himself. */
    public static final String BROKER = "broker";
    /** A runner of the tool that the measured runs ask for. */
    public static final String RUNNER = "runner";

    static final String READY = "ready ";
    private static final int AT_ONCE = 2_000;

    private final List<AutoCloseable> parts = Collections.synchronizedList(new ArrayList<>());

    private Companion() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("crumb.level", "ERROR"); // before anything logs
        Companion companion = new Companion();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(companion::close));
        PrintStream out = System.out;
        switch (arguments[0]) {
            case PLATFORM -> out.println(READY + companion.platform());
            case BROKER -> out.println(READY + companion.broker());
            case PEER -> {
                companion.peer(new Broker(arguments[1], arguments[2]), Integer.parseInt(arguments[3]));
                out.println(READY);
            }
            case RUNNER -> {
                companion.runner(new Broker(arguments[1], arguments[2]), SideEffects.valueOf(arguments[3]));
                out.println(READY);
            }
            default ->
                throw new IllegalArgumentException("expected platform, broker, peer or runner, got " + arguments[0]);
        }
        out.flush();
        while (System.in.read() >= 0) {
            // until whoever started this is gone
        }
        System.exit(0);
    }

    /** Starts a platform on a folder that goes when it does; where it is reached. */
    private String platform() throws IOException {
        Path folder = Files.createTempDirectory("crumb-bench");
        parts.add(() -> Folders.delete(folder));
        Platform platform =
                Platform.start(PlatformSettings.anywhere(folder), _ -> {}).orThrow();
        parts.add(platform);
        PlatformState state = platform.state();
        return state.kafka() + " " + state.registry();
    }

    /** Starts Kafka and registry with the platform's topics, on a folder that goes when they do. */
    private String broker() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("crumb-bench");
        parts.add(() -> Folders.delete(folder));
        EmbeddedKafka kafka = EmbeddedKafka.start(
                        new BrokerSettings(folder.resolve("kafka"), Ports.choose(0), "--kafka-port"))
                .orThrow();
        parts.add(kafka);
        EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), Ports.choose(0))
                .orThrow();
        parts.add(registry);
        Topics.prepare(kafka.bootstrapServers(), registry.url());
        return kafka.bootstrapServers() + " " + registry.url();
    }

    /** Answers requests of the remote pool, and sends bare records back. */
    private void peer(Broker broker, int partitions) throws Exception {
        Bus bus = BusMeasures.connect(broker, partitions);
        parts.add(bus);
        Subscription subscription = bus.subscribe(
                Group.of("bench-remote", BenchTopics.REMOTE_REQUESTS),
                Handlers.<ToolRequest>onVirtualThreads(
                        AT_ONCE, delivery -> Echo.answer(bus, delivery), (delivery, _) -> delivery.done()));
        KafkaProducer<String, byte[]> producer = BareClients.producer(broker.kafka());
        parts.add(producer);
        parts.add(new BareClients.Reader(
                broker.kafka(),
                List.of(BenchTopics.THERE),
                (record, _) -> producer.send(new ProducerRecord<>(BenchTopics.BACK, record.key(), record.value()))));
        BusMeasures.awaitOpen(
                "the peer's partitions", () -> subscription.owned().size() == partitions);
    }

    private void runner(Broker broker, SideEffects effects) throws Exception {
        Bus bus = BusMeasures.connect(broker, BenchTopics.create(broker));
        parts.add(bus);
        parts.add(new StepRunner(bus, effects));
    }

    private void close() {
        for (AutoCloseable part : List.copyOf(parts).reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("bench: " + part.getClass().getSimpleName() + " did not close: " + e);
            }
        }
    }
}
