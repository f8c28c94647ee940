package io.breadcrumbs.schemas.catalogue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** The settings that a topic has in Kafka, as the catalogue wants them. */
final class TopicSettings {
    /** Replicas that a cluster must have before records survive the loss of a broker. */
    static final int STRONG_REPLICATION = 3;

    static final int STRONG_MIN_INSYNC = 2;

    /** How long a reader that was away still finds the tombstones of a compacted topic. */
    private static final Duration TOMBSTONES = Duration.ofDays(7);

    /** Kafka deletes by whole segments: the shorter the retention, the shorter they must be. */
    private static final int SEGMENTS_KEPT = 6;

    private static final Duration LONGEST_SEGMENT = Duration.ofDays(7);

    private TopicSettings() {}

    static Map<String, String> of(Topic<?> topic, int minInsync) {
        Map<String, String> settings = new TreeMap<>(time());
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Catalogue.MAX_RECORD_BYTES));
        settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(minInsync));
        settings.putAll(retention(topic));
        return settings;
    }

    /** The broker's clock stamps records: no producer's can shorten or lengthen their life. */
    static Map<String, String> time() {
        return Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    /** Those settings by which records end. */
    static Map<String, String> retention(Topic<?> topic) {
        Map<String, String> settings = new TreeMap<>();
        Retention retention = topic.retention();
        List<String> policies = new ArrayList<>();
        if (retention.compacted()) {
            policies.add(TopicConfig.CLEANUP_POLICY_COMPACT);
            settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(TOMBSTONES));
        }
        retention.time().ifPresent(time -> {
            policies.add(TopicConfig.CLEANUP_POLICY_DELETE);
            settings.put(TopicConfig.RETENTION_MS_CONFIG, millis(time));
            settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
            settings.put(TopicConfig.SEGMENT_MS_CONFIG, millis(segment(time)));
        });
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, String.join(",", policies));
        return settings;
    }

    private static Duration segment(Duration time) {
        Duration segment = time.dividedBy(SEGMENTS_KEPT);
        return segment.compareTo(LONGEST_SEGMENT) < 0 ? segment : LONGEST_SEGMENT;
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toMillis());
    }
}
