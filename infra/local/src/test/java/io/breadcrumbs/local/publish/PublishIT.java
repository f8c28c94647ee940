package io.breadcrumbs.local.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.local.platform.Platform;
import io.breadcrumbs.local.platform.PlatformSettings;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.SeenRecord;
import io.breadcrumbs.sdk.operate.TopicRecords;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a topic after JSON was published. */
class PublishIT {

    @TempDir
    static Path data;

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformSettings.anywhere(data.resolve("data")), _ -> {})
                .orThrow();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void shouldGiveEachRecordOriginNumberAndTrace() throws Exception {
        Published published = publish("""
                {"topic": "tool.cancel.v1", "key": "one", "value": {}}
                {"topic": "tool.cancel.v1", "key": "two", "value": {}}
                """);

        assertThat(published.positions()).hasSize(2).allMatch(position -> position.startsWith("tool.cancel.v1-"));
        assertThat(headers("tool.cancel.v1")).containsOnlyKeys("one", "two").allSatisfy((_, headers) -> {
            assertThat(headers.get("origin")).matches("test-[0-9a-f]{8}");
            assertThat(headers.get("seq")).matches("[12]");
            assertThat(headers.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        });
    }

    @Test
    void shouldPutALargeBodyIntoChunks() throws Exception {
        Published published = publish("{\"topic\": \"tool.request.v1\", \"key\": \"large\", \"value\": {\"input\": \""
                + "x".repeat(2 << 20) + "\"}}");

        assertThat(published.failures()).isEmpty();
        assertThat(read("tool.request.v1").getFirst().value().path("blob").asText())
                .contains("@");
    }

    @Test
    void shouldPublishNothingWhereOneTopicIsMissing() throws Exception {
        DraftException refused = catchThrowableOfType(DraftException.class, () -> publish("""
                {"topic": "tool.started.v1", "value": {"requestId": "first", "token": "t"}}
                {"topic": "tool.request.v1.nobodys", "value": {"tool": "echo"}}
                """));

        assertThat(refused)
                .hasMessage("file:2: topic tool.request.v1.nobodys is missing: create it with 8 partitions like all of"
                        + " RUNS_AND_TOOLS");
        assertThat(read("tool.started.v1")).isEmpty();
    }

    @Test
    void shouldPublishToAPoolThatSomebodyMade() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", platform.state().kafka()))) {
            new TopicAdmin(admin, TopicAdmin.Settings.oneBroker()).create(List.of(Catalogue.toolRequest("made")));
        }

        Published published = publish("""
                {"topic": "tool.request.v1.made", "value": {"tool": "echo"}}
                """);

        assertThat(published.failures()).isEmpty();
        assertThat(published.positions()).hasSize(1);
    }

    private static Published publish(String text) throws Exception {
        BusSettings settings =
                BusSettings.of(platform.state().kafka(), platform.state().registry(), "test");
        return new JsonPublisher(settings, InstantSource.system()).publish("file", new StringReader(text));
    }

    private static List<SeenRecord> read(String topic) {
        List<SeenRecord> seen = new ArrayList<>();
        try (Brokers brokers = KafkaBrokers.of(
                BusSettings.of(platform.state().kafka(), platform.state().registry(), "test"))) {
            Map<Integer, Long> ends = brokers.ends(topic);
            try (TopicRecords records = new TopicRecords(brokers, topic, brokers.starts(topic))) {
                while (!records.reached(ends)) {
                    records.poll(Duration.ofMillis(100)).forEach(one -> seen.add(records.seen(one)));
                }
            }
        }
        return seen;
    }

    /** The headers of each record, by its key. */
    private static Map<String, Map<String, String>> headers(String topic) {
        Map<String, Map<String, String>> all = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", platform.state().kafka(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = Set.copyOf(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Map<String, String> headers = new HashMap<>();
                    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
                    all.put(text(record.key()), headers);
                }
            }
        }
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
