package io.breadcrumbs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

    @Test
    void shouldSayWhatKafkaStreamsWouldDecideOtherwise() {
        EngineSettings settings = EngineSettings.of("broker:9092", "http://registry", Path.of("state"));

        Properties all = StreamsSettings.of(settings);

        StreamsConfig config = new StreamsConfig(all);
        Map<String, Object> consumer = config.getMainConsumerConfigs("group", "client", 0);
        Map<String, Object> producer = config.getProducerConfigs("client");
        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)).isEqualTo("exactly_once_v2");
        assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isBetween(200L, 500L);
        assertThat(config.getLong(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG)).isNegative();
        assertThat(String.valueOf(consumer.get("session.timeout.ms"))).isEqualTo("6000");
        assertThat(String.valueOf(consumer.get("heartbeat.interval.ms"))).isEqualTo("200");
        assertThat(String.valueOf(consumer.get("internal.leave.group.on.close")))
                .isEqualTo("true");
        assertThat(String.valueOf(consumer.get("metadata.max.age.ms"))).isEqualTo("10000");
        assertThat(String.valueOf(producer.get("transaction.timeout.ms"))).isEqualTo("5000");
        assertThat(String.valueOf(producer.get("max.in.flight.requests.per.connection")))
                .isEqualTo("1");
        assertThat(String.valueOf(producer.get("linger.ms"))).isEqualTo("20");
    }

    @Test
    void shouldKeepAWarmCopyAndRowsThatOutliveABrokerOnACluster() {
        EngineSettings settings = EngineSettings.of("broker:9092", "http://registry", Path.of("state"))
                .withCopies(Copies.CLUSTER);

        StreamsConfig config = new StreamsConfig(StreamsSettings.of(settings));

        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.getInt("replication.factor")).isEqualTo(3);
        assertThat(config.originalsWithPrefix("topic."))
                .containsEntry("min.insync.replicas", 2)
                .containsEntry("unclean.leader.election.enable", false);
        assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
    }

    @Test
    void shouldKeepAWarmCopyOnOneBrokerAsSoonAsThereIsAnotherEngine() {
        EngineSettings settings = EngineSettings.of("broker:9092", "http://registry", Path.of("state"));

        StreamsConfig config = new StreamsConfig(StreamsSettings.of(settings));

        assertThat(config.getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(config.getInt("replication.factor")).isEqualTo(1);
    }
}
