package io.breadcrumbs.local.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All records of all topics but Kafka's own, as they stand on the brokers. */
public final class WholeLog {

    private WholeLog() {}

    /**
     * Hands over each record up to where its partition ends now.
     *
     * @return how many there were
     */
    public static int each(String kafka, Consumer<ConsumerRecord<byte[], byte[]>> record) {
        int seen = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .filter(one -> !one.topic().startsWith("__"))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(200))) {
                    seen++;
                    record.accept(one);
                }
            }
        }
        return seen;
    }
}
