package io.breadcrumbs.engine.streams;

import io.breadcrumbs.sdk.kafka.Rest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's clients for Streams. The one that reads inputs rests where all that comes has been published by this
 * instance: the coordinators know that already, and the memory is in no hurry.
 */
public final class EngineClients implements KafkaClientSupplier {

    private final byte[] instance;

    /** @param instance whose records the coordinators get before the log has them */
    public EngineClients(String instance) {
        this.instance = instance.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new Inputs(config, instance);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static final class Inputs extends KafkaConsumer<byte[], byte[]> {

        private final byte[] instance;
        private final Rest rest = new Rest();
        private boolean copies;

        Inputs(Map<String, Object> config, byte[] instance) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.instance = instance;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
            long nanos = rest.after(copies);
            if (nanos > 0) {
                LockSupport.parkNanos(nanos);
            }
            ConsumerRecords<byte[], byte[]> polled = super.poll(atMost);
            copies = !polled.isEmpty() && onlyCopies(polled);
            return polled;
        }

        private boolean onlyCopies(ConsumerRecords<byte[], byte[]> polled) {
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                Header origin = record.headers().lastHeader("origin");
                if (origin == null || !Arrays.equals(origin.value(), instance)) {
                    return false;
                }
            }
            return true;
        }
    }
}
