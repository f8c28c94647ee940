package io.breadcrumbs.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.data.Fault;
import io.breadcrumbs.local.data.Opened;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepRecordsOverARestart() throws Exception {
        try (EmbeddedKafka kafka =
                EmbeddedKafka.start(BrokerSettings.anywhere(folder)).orThrow()) {
            write(kafka.bootstrapServers());
        }

        try (EmbeddedKafka again =
                EmbeddedKafka.start(BrokerSettings.anywhere(folder)).orThrow()) {
            assertThat(read(again.bootstrapServers())).containsExactly("one", "two");
        }
    }

    @Test
    void shouldNameAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();

            Opened<EmbeddedKafka> opened = EmbeddedKafka.start(new BrokerSettings(folder, port, "--kafka-port"));

            assertThat(opened).isEqualTo(new Opened.Refused<>(new Fault.PortTaken("Kafka", port, "--kafka-port")));
        }
    }

    @Test
    void shouldRefuseTheLogsOfAnotherNode() throws IOException {
        Files.writeString(folder.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=somebody-elses\n");

        Opened<EmbeddedKafka> opened = EmbeddedKafka.start(BrokerSettings.anywhere(folder));

        assertThat(opened)
                .isInstanceOfSatisfying(
                        Opened.Refused.class,
                        refused -> assertThat(refused.fault().message()).contains("node 7"));
    }

    private static void write(String bootstrapServers) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        try (Admin admin = Admin.create(settings);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>("t", "one")).get();
            producer.send(new ProducerRecord<>("t", "two")).get();
        }
    }

    private static List<String> read(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("t", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            for (int polls = 0; polls < 20 && values.size() < 2; polls++) {
                consumer.poll(Duration.ofSeconds(1)).forEach(read -> values.add(read.value()));
            }
            return values;
        }
    }
}
