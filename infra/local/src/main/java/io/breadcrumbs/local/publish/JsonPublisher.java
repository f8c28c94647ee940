package io.breadcrumbs.local.publish;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes JSON: first all of it is checked, then all of it is written. */
public final class JsonPublisher {

    private static final int CACHED_SCHEMAS = 100;

    private final String bootstrapServers;
    private final String registryUrl;
    private final InstantSource clock;

    /** Connects to nothing yet. */
    public JsonPublisher(String bootstrapServers, String registryUrl, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.clock = clock;
    }

    /** What came of writing: positions of what was acknowledged, and what failed. */
    public record Written(List<String> positions, List<String> failures) {}

    /**
     * Writes everything that stands in a text.
     *
     * @param source its name, for messages
     */
    public Written publish(String source, Reader text) throws IOException, DraftException {
        List<Publication<?>> checked = new ArrayList<>();
        for (Draft draft : DraftReader.read(source, text)) {
            try {
                checked.add(Publication.of(draft, clock.instant()));
            } catch (DraftException e) {
                throw e.at(source, draft.line());
            }
        }
        Wire wire = Wire.over(new CachedSchemaRegistryClient(registryUrl, CACHED_SCHEMAS));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Publication<?> publication : checked) {
            records.add(encode(source, wire, publication));
        }
        return write(records);
    }

    private static <V extends SpecificRecord> ProducerRecord<byte[], byte[]> encode(
            String source, Wire wire, Publication<V> publication) throws DraftException {
        wire.prepare(publication.topic());
        byte[] value = wire.encode(publication.topic(), publication.value());
        if (value.length > Catalogue.MAX_RECORD_BYTES) {
            throw DraftException.field(
                            "value", "at most " + Catalogue.MAX_RECORD_BYTES + " bytes", value.length + " bytes")
                    .at(source, publication.line());
        }
        return new ProducerRecord<>(
                publication.topic().name(), publication.key().getBytes(StandardCharsets.UTF_8), value);
    }

    private Written write(List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "enable.idempotence", true,
                "linger.ms", 0,
                "delivery.timeout.ms", 20_000,
                "request.timeout.ms", 10_000,
                "max.block.ms", 10_000);
        List<String> positions = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> each : sent) {
                try {
                    positions.add(each.get().toString());
                } catch (ExecutionException e) {
                    failures.add(String.valueOf(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add("interrupted: what came of the rest is unknown");
        } finally {
            producer.close(Duration.ofSeconds(5));
        }
        return new Written(positions, failures);
    }
}
