package io.breadcrumbs.local.bus;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.breadcrumbs.local.kafka.Ports;
import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.log.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a bus says and does while something that it needs is away or wrong. */
@Timeout(60)
class OutageIT {

    @TempDir
    private Path data;

    private final int kafkaPort = Ports.choose(0);
    private final int registryPort = Ports.choose(0);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    @Test
    void shouldNameTheBrokerWhileItIsAwayAndBecomeReadyWhenItComes() throws Exception {
        // Given
        Bus bus = connect(settings());
        BusScenarios.await("the broker is missed", () -> missing(bus).contains(brokerAway()));

        // When
        CompletableFuture<Position> early = publish(bus);
        boolean refusedAtOnce = early.isDone();
        startKafka();
        createTopics();
        startRegistry();
        KafkaBus.awaitReady(bus, Duration.ofSeconds(30));

        // Then
        assertThat(refusedAtOnce).isTrue();
        assertThat(codeOf(early)).isEqualTo(ErrorCode.AWAY);
        assertThat(publish(bus).get(30, SECONDS).offset()).isZero();
    }

    @Test
    void shouldNameTopicExpectedAndFoundWhenThePartitionCountIsWrong() throws Exception {
        // Given
        startKafka();
        createTopics();
        startRegistry();

        // When
        Bus bus = connect(settings().withPartitions(5));

        // Then
        BusScenarios.await("the topics are compared", () -> missing(bus).contains("partitions"));
        assertThat(bus.readiness().missing())
                .anySatisfy(fault ->
                        assertThat(fault).contains("topic tool.request.v1", "expected 5 partitions", "came 8"));
        assertThat(codeOf(publish(bus))).isEqualTo(ErrorCode.AWAY);
    }

    @Test
    void shouldNameReplicasAndAcknowledgementsThatAreFewerThanTheSettingsWant() throws Exception {
        // Given
        startKafka();
        createTopics();
        startRegistry();

        // When
        Bus bus = connect(settings().withTopics(TopicAdmin.Settings.cluster()));

        // Then
        BusScenarios.await("the topics are compared", () -> missing(bus).contains("replicas"));
        assertThat(bus.readiness().missing())
                .contains(
                        "topic tool.request.v1: expected at least 3 replicas in a cluster of 1 broker, came 1:"
                                + " reassign its partitions with more replicas",
                        "topic tool.request.v1: expected min.insync.replicas at least 2, came 1: change the topic's"
                                + " setting");
        assertThat(codeOf(publish(bus))).isEqualTo(ErrorCode.AWAY);
    }

    @Test
    void shouldNameTheRegistryWhileItIsAwayAndBecomeReadyWhenItComes() throws Exception {
        // Given
        startKafka();
        createTopics();
        Bus bus = connect(settings());
        BusScenarios.await(
                "the registry is missed", () -> missing(bus).contains("the schema registry does not answer"));

        // When
        CompletableFuture<Position> early = publish(bus);
        boolean refusedAtOnce = early.isDone();
        startRegistry();
        KafkaBus.awaitReady(bus, Duration.ofSeconds(30));

        // Then
        assertThat(refusedAtOnce).isTrue();
        assertThat(codeOf(early)).isEqualTo(ErrorCode.AWAY);
        assertThat(publish(bus).get(30, SECONDS).offset()).isZero();
    }

    @Test
    void shouldSayThatTheBrokerWentAwayAndCameBack() throws Exception {
        // Given
        EmbeddedKafka kafka = kafka();
        createTopics();
        startRegistry();
        Bus bus = KafkaBus.awaitReady(connect(settings()), Duration.ofSeconds(30));

        // When
        kafka.close();

        // Then
        BusScenarios.await("the broker is missed", () -> missing(bus).contains(brokerAway()));

        // When
        startKafka();

        // Then
        KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
    }

    @Test
    void shouldWarnOfABrokerThatStaysAwayOnceAndNotAtOnce() throws Exception {
        // Given
        ListAppender<ILoggingEvent> log = listen();

        // When
        long began = System.nanoTime();
        connect(settings());

        // Then
        BusScenarios.await("a warning", () -> !log.list.isEmpty());
        assertThat(System.nanoTime() - began).isGreaterThan(SECONDS.toNanos(5));
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("bus outage-")
                        .contains(" is not ready after ", "missing: " + brokerAway()));
    }

    @Test
    void shouldSayNothingBeforeTwoSecondsOfAStartInWhichTopicsComeLater() throws Exception {
        // Given
        startKafka();
        startRegistry();
        ListAppender<ILoggingEvent> log = listen();

        // When
        long began = System.nanoTime();
        Bus bus = connect(settings());
        BusScenarios.await("the topics are missed", () -> missing(bus).contains("topic tool.request.v1 is missing"));
        createTopics();
        KafkaBus.awaitReady(bus, Duration.ofSeconds(30));
        long tookNanos = System.nanoTime() - began;

        // Then
        assertThat(log.list.size()).isLessThanOrEqualTo((int) NANOSECONDS.toSeconds(tookNanos) / 2);
    }

    /** What the preparation of the bus warns of from now on. */
    private ListAppender<ILoggingEvent> listen() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.breadcrumbs.sdk.kafka.Preparation");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
        opened.addFirst(() -> logger.detachAppender(log));
        return log;
    }

    private String brokerAway() {
        return "the broker at 127.0.0.1:" + kafkaPort + " does not answer";
    }

    private BusSettings settings() {
        return BusSettings.of("127.0.0.1:" + kafkaPort, "http://127.0.0.1:" + registryPort, "outage");
    }

    private Bus connect(BusSettings settings) {
        Bus bus = KafkaBus.connect(settings);
        opened.add(bus);
        return bus;
    }

    private void startKafka() {
        opened.addFirst(kafka());
    }

    private EmbeddedKafka kafka() {
        return EmbeddedKafka.start(new BrokerSettings(data.resolve("kafka"), kafkaPort, "--kafka-port"))
                .orThrow();
    }

    private void startRegistry() {
        opened.add(
                EmbeddedRegistry.start("127.0.0.1:" + kafkaPort, registryPort).orThrow());
    }

    private void createTopics() {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", "127.0.0.1:" + kafkaPort))) {
            new TopicAdmin(admin, TopicAdmin.Settings.oneBroker()).create(Catalogue.topics());
        }
    }

    private static String missing(Bus bus) {
        return String.join("; ", bus.readiness().missing());
    }

    private static CompletableFuture<Position> publish(Bus bus) {
        return bus.publish(Catalogue.TOOL_CANCEL, "outage", Records.cancel("outage"));
    }

    private static ErrorCode codeOf(CompletableFuture<Position> refused) throws Exception {
        try {
            throw new AssertionError("expected a refusal, got " + refused.get(1, SECONDS));
        } catch (ExecutionException e) {
            return e.getCause() instanceof BusException why ? why.code() : fail("no BusException", e);
        }
    }
}
