package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.bus.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's clients with all their settings: what is not the default stands here, with its reason. */
final class KafkaClients {

    /** Nobody is kept from writing: a batch waits for nothing but the request before it. */
    private static final int LINGER_MS = 0;

    /** The pool must outlast what the bus lets fly, since small records round up to whole batches. */
    private static final int POOL_FACTOR = 3;

    private static final int SESSION_MS = 6_000;
    private static final int HEARTBEAT_MS = 500;

    /** A resumed partition waits for the pending fetch, so that must not wait long itself: Kafka's default is 500. */
    private static final int FETCH_WAIT_MS = 50;

    /** What seldom adds or resumes partitions: fetches without an answer are most of what an idle platform does. */
    private static final int FOLLOWING_FETCH_WAIT_MS = 250;

    private static final int POLL_RECORDS = 500;
    private static final int RECONNECT_MS = 50;
    private static final int RECONNECT_AT_MOST_MS = 1_000;
    private static final int LOOK_UP_MS = 5_000;
    private static final int METADATA_AGE_MS = 60_000;

    /** A century: what the producer forgot of an idle topic it would have to wait for. The client adds it to a time. */
    private static final long METADATA_IDLE_MS = Duration.ofDays(36_500).toMillis();

    /** The system's own. Kafka's 64 KB make a loopback connection stall for 200 ms in the middle of a fetch. */
    private static final int RECEIVE_BUFFER_BYTES = -1;

    /** How long a set may be under way: others wait for it before they read on. */
    private static final int TRANSACTION_MS = 5_000;

    /** The commit sends what waits: until then the records of a set gather in one batch a partition. */
    private static final int SET_LINGER_MS = 50;

    private static final int SETTLED_WITHIN_MS = 10_000;
    /** What many look at topics by must not fetch much ahead of them. */
    private static final int LOOKED_AT_BYTES = 4 << 20;

    private static final int LOOKED_AT_RECORDS = 50;

    /** Who writes by hand waits for what it must know of the topic. */
    private static final int WRITTEN_WITHIN_MS = 20_000;

    private static final long SET_BUFFER_BYTES = 32L << 20;
    private static final int SET_BATCH_BYTES = 256 << 10;

    private final BusSettings settings;
    private final String instance;

    KafkaClients(BusSettings settings, String instance) {
        this.settings = settings;
        this.instance = instance;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A producer of transactions; who makes another one of the same name ends it. */
    KafkaProducer<byte[], byte[]> writer(String name) {
        return new KafkaProducer<>(writing(name), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer that is a member of a group. */
    KafkaConsumer<byte[], byte[]> member(String group) {
        return consumer(sharing(group));
    }

    /** A consumer of chosen partitions. */
    KafkaConsumer<byte[], byte[]> reader(String purpose) {
        return consumer(reading(purpose));
    }

    /** A consumer of chosen partitions that stay the same for long. */
    KafkaConsumer<byte[], byte[]> follower(String purpose) {
        return consumer(following(purpose));
    }

    /** A consumer of partitions that somebody looks into. */
    KafkaConsumer<byte[], byte[]> inspector() {
        return consumer(inspecting());
    }

    /** A producer of few records, which may wait. */
    KafkaProducer<byte[], byte[]> appender() {
        return new KafkaProducer<>(appending(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        return Admin.create(administering());
    }

    Map<String, Object> producing() {
        Limits limits = settings.limits();
        long timeoutMs = settings.acknowledgeWithin().toMillis();
        Map<String, Object> config = common("producer");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0); // an append never waits: it is refused
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, limits.inFlightBytes() * POOL_FACTOR);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, limits.recordBytes() + (64 << 10));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeoutMs);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) (timeoutMs / 2));
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_IDLE_MS);
        return config;
    }

    Map<String, Object> writing(String name) {
        Map<String, Object> config = common("writer." + name);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS);
        config.put(ProducerConfig.LINGER_MS_CONFIG, SET_LINGER_MS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) SETTLED_WITHIN_MS);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, SET_BUFFER_BYTES);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, SET_BATCH_BYTES);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.limits().recordBytes() + (64 << 10));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TRANSACTION_MS / 2);
        return config;
    }

    Map<String, Object> sharing(String group) {
        Map<String, Object> config = reading("group." + group);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"); // the other one fixes the session at 45 s
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        return config;
    }

    /** How records look in Kafka, for one producer or reader. */
    KafkaRecords records() {
        return new KafkaRecords(instance);
    }

    Map<String, Object> administering() {
        Map<String, Object> config = common("admin");
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LOOK_UP_MS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LOOK_UP_MS);
        return config;
    }

    Map<String, Object> reading(String purpose) {
        Map<String, Object> config = common(purpose);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BUFFER_BYTES);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // what retention took away is skipped
        return config;
    }

    Map<String, Object> following(String purpose) {
        Map<String, Object> config = reading(purpose);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FOLLOWING_FETCH_WAIT_MS);
        return config;
    }

    Map<String, Object> inspecting() {
        Map<String, Object> config = following("inspect");
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, LOOKED_AT_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LOOKED_AT_RECORDS);
        return config;
    }

    Map<String, Object> appending() {
        Map<String, Object> config = common("append");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) WRITTEN_WITHIN_MS / 2);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.limits().recordBytes() + (64 << 10));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, WRITTEN_WITHIN_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, WRITTEN_WITHIN_MS / 2);
        return config;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> common(String purpose) {
        Map<String, Object> config = new HashMap<>(settings.security());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, instance + "." + purpose);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, (long) RECONNECT_MS);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, (long) RECONNECT_AT_MOST_MS);
        config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, (long) METADATA_AGE_MS);
        config.put("enable.metrics.push", false); // nobody reads it: the platform has metrics of its own
        return config;
    }
}
