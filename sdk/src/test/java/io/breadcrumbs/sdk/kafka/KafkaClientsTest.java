package io.breadcrumbs.sdk.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.bus.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting in which the bus's clients differ from Kafka's defaults. The reasons stand in {@link KafkaClients}. */
class KafkaClientsTest {

    private final BusSettings settings = new BusSettings(
            "broker:9092",
            "http://registry:8081",
            "name",
            TopicAdmin.Settings.oneBroker(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            new Limits(1_000_000, 100, 10_000, 5_000, Duration.ofMillis(200)),
            Map.of("security.protocol", "SSL"));
    private final KafkaClients clients = new KafkaClients(settings, "name-1");

    @Test
    void shouldSetUpTheProducer() {
        assertThat(clients.producing())
                .containsOnly(
                        entry("bootstrap.servers", "broker:9092"),
                        entry("client.id", "name-1.producer"),
                        entry("security.protocol", "SSL"),
                        entry("reconnect.backoff.ms", 50L),
                        entry("reconnect.backoff.max.ms", 1_000L),
                        entry("metadata.max.age.ms", 60_000L),
                        entry("enable.metrics.push", false),
                        entry("acks", "all"),
                        entry("enable.idempotence", true),
                        entry("linger.ms", 0),
                        entry("max.block.ms", 0),
                        entry("buffer.memory", 3_000_000L),
                        entry("max.request.size", 75_536),
                        entry("delivery.timeout.ms", 20_000),
                        entry("request.timeout.ms", 10_000),
                        entry("metadata.max.idle.ms", 3_153_600_000_000L));
    }

    @Test
    void shouldSetUpTheWriterOfAName() {
        assertThat(clients.writing("owner"))
                .containsOnly(
                        entry("bootstrap.servers", "broker:9092"),
                        entry("client.id", "name-1.writer.owner"),
                        entry("security.protocol", "SSL"),
                        entry("reconnect.backoff.ms", 50L),
                        entry("reconnect.backoff.max.ms", 1_000L),
                        entry("metadata.max.age.ms", 60_000L),
                        entry("enable.metrics.push", false),
                        entry("acks", "all"),
                        entry("transactional.id", "owner"),
                        entry("transaction.timeout.ms", 5_000),
                        entry("linger.ms", 50),
                        entry("max.block.ms", 10_000L),
                        entry("buffer.memory", 33_554_432L),
                        entry("batch.size", 262_144),
                        entry("max.request.size", 75_536),
                        entry("delivery.timeout.ms", 5_000),
                        entry("request.timeout.ms", 2_500));
    }

    @Test
    void shouldSetUpWhoWritesByHand() {
        assertThat(clients.appending())
                .containsOnly(
                        entry("bootstrap.servers", "broker:9092"),
                        entry("client.id", "name-1.append"),
                        entry("security.protocol", "SSL"),
                        entry("reconnect.backoff.ms", 50L),
                        entry("reconnect.backoff.max.ms", 1_000L),
                        entry("metadata.max.age.ms", 60_000L),
                        entry("enable.metrics.push", false),
                        entry("acks", "all"),
                        entry("linger.ms", 0),
                        entry("max.block.ms", 10_000L),
                        entry("max.request.size", 75_536),
                        entry("delivery.timeout.ms", 20_000),
                        entry("request.timeout.ms", 10_000));
    }

    @Test
    void shouldSetUpWhoLooksIntoTopicsLikeAFollowerThatFetchesLittle() {
        Map<String, Object> expected = new HashMap<>(clients.following("inspect"));
        expected.put("fetch.max.bytes", 4_194_304);
        expected.put("max.poll.records", 50);

        assertThat(clients.inspecting()).isEqualTo(expected);
    }

    @Test
    void shouldSetUpTheReaderOfAGroup() {
        assertThat(clients.sharing("pool"))
                .containsOnly(
                        entry("bootstrap.servers", "broker:9092"),
                        entry("client.id", "name-1.group.pool"),
                        entry("security.protocol", "SSL"),
                        entry("reconnect.backoff.ms", 50L),
                        entry("reconnect.backoff.max.ms", 1_000L),
                        entry("metadata.max.age.ms", 60_000L),
                        entry("enable.metrics.push", false),
                        entry("enable.auto.commit", false),
                        entry("auto.offset.reset", "earliest"),
                        entry("isolation.level", "read_committed"),
                        entry("allow.auto.create.topics", false),
                        entry("fetch.max.wait.ms", 50),
                        entry("max.poll.records", 500),
                        entry("receive.buffer.bytes", -1),
                        entry("group.id", "pool"),
                        entry("group.protocol", "classic"),
                        entry(
                                "partition.assignment.strategy",
                                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
                        entry("session.timeout.ms", 6_000),
                        entry("heartbeat.interval.ms", 500));
    }

    @Test
    void shouldSetUpTheReaderOfATail() {
        assertThat(clients.reading("tail"))
                .containsOnly(
                        entry("bootstrap.servers", "broker:9092"),
                        entry("client.id", "name-1.tail"),
                        entry("security.protocol", "SSL"),
                        entry("reconnect.backoff.ms", 50L),
                        entry("reconnect.backoff.max.ms", 1_000L),
                        entry("metadata.max.age.ms", 60_000L),
                        entry("enable.metrics.push", false),
                        entry("enable.auto.commit", false),
                        entry("auto.offset.reset", "earliest"),
                        entry("isolation.level", "read_committed"),
                        entry("allow.auto.create.topics", false),
                        entry("fetch.max.wait.ms", 50),
                        entry("max.poll.records", 500),
                        entry("receive.buffer.bytes", -1));
    }

    @Test
    void shouldLetFollowersAskSeldom() {
        Map<String, Object> following = new HashMap<>(clients.reading("tail"));
        following.put("fetch.max.wait.ms", 250);

        assertThat(clients.following("tail")).isEqualTo(following);
    }

    @Test
    void shouldSetUpTheAdminClient() {
        assertThat(clients.administering())
                .containsOnly(
                        entry("bootstrap.servers", "broker:9092"),
                        entry("client.id", "name-1.admin"),
                        entry("security.protocol", "SSL"),
                        entry("reconnect.backoff.ms", 50L),
                        entry("reconnect.backoff.max.ms", 1_000L),
                        entry("metadata.max.age.ms", 60_000L),
                        entry("enable.metrics.push", false),
                        entry("default.api.timeout.ms", 5_000),
                        entry("request.timeout.ms", 5_000));
    }
}
