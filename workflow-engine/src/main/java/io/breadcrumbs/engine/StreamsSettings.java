package io.breadcrumbs.engine;

import io.breadcrumbs.engine.streams.BoundedRocksDb;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that matter: its defaults are made for throughput, and for rare failures. */
final class StreamsSettings {

    /** Nobody waits for a commit; it bounds what is read again after a failure. */
    private static final int COMMIT_EVERY_MS = 250;

    /** An engine that has come anew gets partitions only when its copies are warm, and that is looked for so often. */
    private static final int LOOK_FOR_WARM_EVERY_MS = 60_000;

    private static final int SESSION_MS = 6_000;

    /** The others learn by their heartbeats that somebody is gone. */
    private static final int HEARTBEAT_MS = 200;

    /** What has come is taken in at once, in whichever order topics come: waiting for all of them takes longer. */
    private static final long IDLE_FOR_ORDER_MS = StreamsConfig.MAX_TASK_IDLE_MS_DISABLED;

    /**
     * The first batch of a transaction waits in the broker until the one before is marked as over, or is sent again; a
     * second one on its way meanwhile would be refused as out of order, and sent again too.
     */
    private static final int REQUESTS_AT_ONCE = 1;

    /** An engine that died in a transaction holds up its heirs for so long. */
    private static final int TRANSACTION_MS = 5_000;

    /** So late a new pool's requests are found at most; nobody who serves them waits for that. */
    private static final int NEW_TOPICS_MS = 10_000;

    /** Nothing waits for a poll that brings nothing; but what is due meanwhile, a commit, waits for its end. */
    private static final int POLL_MS = 100;

    private StreamsSettings() {}

    static Properties of(EngineSettings settings) {
        Properties all = new Properties();
        all.putAll(settings.security());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.name());
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.state().toString());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY_MS);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.copies().standbys());
        all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, LOOK_FOR_WARM_EVERY_MS);
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.copies().replication());
        all.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                settings.copies().minInsync());
        all.put(StreamsConfig.topicPrefix(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG), false);
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, IDLE_FOR_ORDER_MS);
        all.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true); // installations have the names
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        all.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), NEW_TOPICS_MS);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), REQUESTS_AT_ONCE);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MS);
        return all;
    }
}
