package io.breadcrumbs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.streams.BoundedRocksDb;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What Kafka Streams and its clients make of the settings: what matters of that, whether we set it or they do. */
class StreamsSettingsTest {

    private static final EngineSettings ONE_BROKER =
            EngineSettings.of("broker:9092", "http://registry", Path.of("state"));

    private static StreamsConfig config(EngineSettings settings) {
        return new StreamsConfig(StreamsSettings.of(settings));
    }

    private static ConsumerConfig consumer() {
        return new ConsumerConfig(deserialized(config(ONE_BROKER).getMainConsumerConfigs("group", "client", 0)));
    }

    private static Map<String, Object> deserialized(Map<String, Object> config) {
        String bytes = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
        config.put("key.deserializer", bytes);
        config.put("value.deserializer", bytes);
        return config;
    }

    private static ProducerConfig producer() {
        Map<String, Object> config = config(ONE_BROKER).getProducerConfigs("client");
        String bytes = "org.apache.kafka.common.serialization.ByteArraySerializer";
        config.put("key.serializer", bytes);
        config.put("value.serializer", bytes);
        config.put("transactional.id", "any"); // Streams gives each thread its own
        return new ProducerConfig(config);
    }

    @Test
    void shouldCommitRowsAndPositionsTogetherAndOften() {
        StreamsConfig config = config(ONE_BROKER);

        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(250);
        assertThat(config.getLong("poll.ms")).isEqualTo(100);
        assertThat(config.getLong("max.task.idle.ms")).isEqualTo(-1);
    }

    @Test
    void shouldBoundItsMemoryByOneCacheBelowTheStores() {
        StreamsConfig config = config(ONE_BROKER);

        assertThat(config.getLong("statestore.cache.max.bytes")).isZero();
        assertThat(config.getClass("rocksdb.config.setter")).isEqualTo(BoundedRocksDb.class);
        assertThat(config.getInt("num.stream.threads")).isEqualTo(1);
    }

    @Test
    void shouldRefuseNamesThatNobodyHasChosen() {
        assertThat(config(ONE_BROKER).getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
    }

    @Test
    void shouldBeMissedSoon() {
        StreamsConfig config = config(ONE_BROKER);
        ConsumerConfig consumer = consumer();

        assertThat(config.getString("group.protocol")).isEqualTo("classic");
        assertThat(consumer.getString("group.protocol")).isEqualToIgnoringCase("classic");
        assertThat(consumer.getString("group.instance.id")).isNull();
        assertThat(consumer.getInt("session.timeout.ms")).isEqualTo(6_000);
        assertThat(consumer.getInt("heartbeat.interval.ms")).isEqualTo(200);
    }

    @Test
    void shouldReadWhatCountsAndLearnOfNewPoolsInTime() {
        ConsumerConfig consumer = consumer();

        assertThat(consumer.getString("isolation.level")).isEqualToIgnoringCase("read_committed");
        assertThat(consumer.getBoolean("enable.auto.commit")).isFalse();
        assertThat(consumer.getLong("metadata.max.age.ms")).isEqualTo(10_000);
    }

    @Test
    void shouldNotHoldUpItsHeirsWithATransaction() {
        ProducerConfig producer = producer();

        assertThat(producer.getInt("transaction.timeout.ms")).isEqualTo(5_000);
        assertThat(producer.getInt("max.in.flight.requests.per.connection")).isEqualTo(1);
        assertThat(producer.getLong("linger.ms")).isEqualTo(20);
        assertThat(producer.getString("acks")).isIn("all", "-1");
        assertThat(producer.getBoolean("enable.idempotence")).isTrue();
    }

    @Test
    void shouldKeepAWarmCopyAndRowsThatOutliveABrokerOnACluster() {
        StreamsConfig config = config(ONE_BROKER.withCopies(Copies.CLUSTER));

        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.getInt("replication.factor")).isEqualTo(3);
        assertThat(config.originalsWithPrefix("topic."))
                .containsOnly(Map.entry("min.insync.replicas", 2), Map.entry("unclean.leader.election.enable", false));
        assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
    }

    @Test
    void shouldKeepAWarmCopyOnOneBrokerAsSoonAsThereIsAnotherEngine() {
        StreamsConfig config = config(ONE_BROKER);

        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.getInt("replication.factor")).isEqualTo(1);
        assertThat(config.originalsWithPrefix("topic."))
                .containsOnly(Map.entry("min.insync.replicas", 1), Map.entry("unclean.leader.election.enable", false));
    }
}
