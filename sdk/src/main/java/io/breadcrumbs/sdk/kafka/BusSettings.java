package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.bus.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The settings of a bus.
 *
 * @param bootstrapServers the brokers to ask first, host:port with commas between
 * @param registryUrl the schema registry
 * @param name of the service, for instance ids, client ids and logs
 * @param topics how many partitions all topics of runs and tools have, and how many replicas and acknowledgements of
 *     each record they must have at least; three brokers and more must have them strong, whatever stands here
 * @param drain how long a partition that is given up may wait for what runs
 * @param acknowledgeWithin when an append without acknowledgement counts as unknown
 * @param limits the bounds of what waits
 * @param security Kafka client settings for TLS and SASL ({@code security.*, sasl.*, ssl.*}); nothing else is allowed
 */
public record BusSettings(
        String bootstrapServers,
        String registryUrl,
        String name,
        TopicAdmin.Settings topics,
        Duration drain,
        Duration acknowledgeWithin,
        Limits limits,
        Map<String, String> security) {

    private static final List<String> SECURITY = List.of("security.", "sasl.", "ssl.");

    public BusSettings {
        if (drain.isNegative() || drain.compareTo(Duration.ofMinutes(4)) > 0) {
            throw new IllegalArgumentException("drain: expected 0 to 4 minutes, got " + drain);
        }
        security = Map.copyOf(security);
        for (String key : new TreeSet<>(security.keySet())) {
            if (SECURITY.stream().noneMatch(key::startsWith)) {
                throw new IllegalArgumentException(
                        "security: expected keys that begin with security., sasl. or ssl., got " + key);
            }
        }
    }

    /** A bus of this name, with the defaults for everything else. */
    public static BusSettings of(String bootstrapServers, String registryUrl, String name) {
        return new BusSettings(
                bootstrapServers,
                registryUrl,
                name,
                TopicAdmin.Settings.oneBroker(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Limits.DEFAULT,
                Map.of());
    }

    public int partitions() {
        return topics.partitions();
    }

    public BusSettings withPartitions(int other) {
        return withTopics(new TopicAdmin.Settings(other, topics.replication(), topics.minInsync()));
    }

    public BusSettings withTopics(TopicAdmin.Settings other) {
        return new BusSettings(bootstrapServers, registryUrl, name, other, drain, acknowledgeWithin, limits, security);
    }
}
