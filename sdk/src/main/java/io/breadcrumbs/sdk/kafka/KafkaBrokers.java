package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.KafkaSays;
import io.breadcrumbs.sdk.operate.TopicReport;
import io.breadcrumbs.sdk.operate.TopicReports;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Kafka's brokers. Its clients are made when somebody first asks for what they do; guarded by the monitor. */
public final class KafkaBrokers implements Brokers {

    private static final int SCHEMAS_PER_SUBJECT = 1_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Wire wire;
    private @Nullable Admin admin;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private KafkaBrokers(KafkaClients clients, Wire wire) {
        this.clients = clients;
        this.wire = wire;
    }

    /** Asks for nothing yet. */
    public static Brokers of(BusSettings settings) {
        return new KafkaBrokers(
                new KafkaClients(settings, settings.name() + "-operate"),
                Wire.over(new CachedSchemaRegistryClient(settings.registryUrl(), SCHEMAS_PER_SUBJECT)));
    }

    private synchronized Admin admin() {
        Admin made = admin;
        if (made == null) {
            made = clients.admin();
            admin = made;
        }
        return made;
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> made = producer;
        if (made == null) {
            made = clients.appender();
            producer = made;
        }
        return made;
    }

    @Override
    public List<TopicReport> reports() {
        return TopicReports.read(admin());
    }

    @Override
    public SortedMap<String, Integer> topics() {
        SortedMap<String, Integer> topics = new TreeMap<>();
        KafkaSays.get(admin().describeTopics(KafkaSays.get(admin().listTopics().names()))
                        .allTopicNames())
                .forEach((name, topic) -> topics.put(name, topic.partitions().size()));
        return topics;
    }

    @Override
    public Map<Integer, Long> starts(String topic) {
        return offsets(topic, OffsetSpec.earliest());
    }

    @Override
    public Map<Integer, Long> ends(String topic) {
        return offsets(topic, OffsetSpec.latest());
    }

    private Map<Integer, Long> offsets(String topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        KafkaSays.get(admin().describeTopics(List.of(topic)).allTopicNames())
                .values()
                .forEach(there -> there.partitions()
                        .forEach(one -> wanted.put(new TopicPartition(topic, one.partition()), which)));
        Map<Integer, Long> offsets = new HashMap<>();
        KafkaSays.get(admin().listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }

    @Override
    public PartitionReader reader() {
        return new KafkaTailReader(clients.inspector(), clients.records());
    }

    @Override
    public Position append(LogRecord record) {
        Thread asking = Thread.currentThread();
        AtomicBoolean unsent = new AtomicBoolean();
        try {
            RecordMetadata there = producer()
                    .send(clients.records().of(record), (_, failure) -> {
                        if (failure != null && Thread.currentThread().equals(asking)) {
                            unsent.set(true); // it failed before it was handed to the client's own thread
                        }
                    })
                    .get();
            return new Position(record.partition(), there.offset());
        } catch (ExecutionException e) {
            if (unsent.get()) {
                throw KafkaSays.away(record.partition() + " does not take the record", e);
            }
            throw new BusException(
                    ErrorCode.UNKNOWN,
                    "no acknowledgement for a record to " + record.partition() + ", the log may have it: "
                            + KafkaSays.why(e),
                    e);
        } catch (KafkaException e) {
            throw KafkaSays.away(record.partition() + " does not take the record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException(ErrorCode.UNKNOWN, "interrupted before the acknowledgement", e);
        }
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_WITHIN);
        }
        if (admin != null) {
            admin.close(CLOSE_WITHIN);
        }
    }
}
