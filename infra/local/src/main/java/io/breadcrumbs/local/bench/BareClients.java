package io.breadcrumbs.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients as whoever uses them for low latency sets them, and otherwise with their defaults. */
public final class BareClients {

    private BareClients() {}

    public static KafkaProducer<String, byte[]> producer(String bootstrapServers) {
        Map<String, Object> config = common(bootstrapServers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> common(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put("enable.metrics.push", false);
        return config;
    }

    /** A consumer of all partitions of some topics, from their ends on, polled by a thread of its own. */
    static final class Reader implements AutoCloseable {

        private static final Duration POLL = Duration.ofSeconds(1);

        private final KafkaConsumer<String, byte[]> consumer;
        private final ObjLongConsumer<ConsumerRecord<String, byte[]>> then;
        private final Thread thread;
        private volatile boolean closed;

        /** @param then takes each record, and when it was out of poll; called by the polling thread */
        Reader(String bootstrapServers, List<String> topics, ObjLongConsumer<ConsumerRecord<String, byte[]>> then) {
            this.then = then;
            Map<String, Object> config = common(bootstrapServers);
            config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            // The default of 64 KB makes loopback stall for 200 ms in mid-fetch; this leaves it to the system.
            config.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
            consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic -> consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            thread = Thread.ofPlatform().daemon().name("bare reader").start(this::read);
        }

        private void read() {
            while (!closed) {
                try {
                    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                    long nanos = System.nanoTime();
                    records.forEach(record -> then.accept(record, nanos));
                } catch (WakeupException e) {
                    // closed says what for
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            consumer.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            consumer.close();
        }
    }
}
