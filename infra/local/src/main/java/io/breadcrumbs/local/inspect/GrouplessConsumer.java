package io.breadcrumbs.local.inspect;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes consumers for commands that look into topics, without a group, so that nobody notices. */
public final class GrouplessConsumer {

    private GrouplessConsumer() {}

    /** Reads nothing yet; what is not committed, it does not see. */
    public static KafkaConsumer<byte[], byte[]> open(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "default.api.timeout.ms",
                        10_000,
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
