package io.breadcrumbs.schemas.catalogue;

import io.breadcrumbs.schemas.catalogue.TopicFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Compares a cluster with the catalogue; knows no Kafka client. */
final class TopicChecks {
    private final TopicAdmin.Settings settings;

    TopicChecks(TopicAdmin.Settings settings) {
        this.settings = settings;
    }

    List<TopicFault> faults(Collection<? extends Topic<?>> topics, ClusterState cluster) {
        List<TopicFault> faults = new ArrayList<>();
        for (Topic<?> topic : topics) {
            TopicState state = cluster.topics().get(topic.name());
            if (state == null) {
                faults.add(new TopicFault(
                        topic.name(),
                        Kind.MISSING,
                        "topic " + topic.name() + " is missing: create it with " + partitions(topic)));
            } else {
                check(topic, state, cluster.brokers(), faults);
            }
        }
        groupOffsets(cluster.groupOffsets(), faults);
        return List.copyOf(faults);
    }

    private void check(Topic<?> topic, TopicState state, int brokers, List<TopicFault> faults) {
        if (topic.partitioning() != Partitioning.ALONE && state.partitions() != settings.partitions()) {
            faults.add(new TopicFault(
                    topic.name(),
                    Kind.PARTITIONS,
                    "topic " + topic.name() + ": expected " + partitions(topic) + ", came " + state.partitions()
                            + ": set the number of partitions to what the cluster has; it cannot be changed there"));
        }
        durability(topic, state, brokers, faults);
        recordSize(topic, state, faults);
        same(topic, state, Kind.TIMESTAMP, TopicSettings.time(), faults);
        same(topic, state, Kind.RETENTION, TopicSettings.retention(topic), faults);
    }

    /**
     * The settings are what is wanted at least. Where three brokers answer, strength is wanted in any case; where fewer
     * do, some may be away, so that only the settings can tell.
     */
    private void durability(Topic<?> topic, TopicState state, int brokers, List<TopicFault> faults) {
        @Nullable String unclean = state.settings().get(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG);
        if (Boolean.parseBoolean(unclean)) {
            faults.add(TopicFault.setting(
                    topic,
                    Kind.UNCLEAN_ELECTION,
                    TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG
                            + " false, since acknowledged records are lost by it",
                    "true"));
        }
        TopicAdmin.Settings strong = settings.among(brokers);
        int replicas = strong.replication();
        if (state.replication() < replicas) {
            faults.add(new TopicFault(
                    topic.name(),
                    Kind.REPLICATION,
                    "topic " + topic.name() + ": expected at least " + replicas + " replicas in a cluster of "
                            + brokers + (brokers == 1 ? " broker" : " brokers") + ", came " + state.replication()
                            + ": reassign its partitions with more replicas"));
        }
        int wanted = strong.minInsync();
        int minInsync = Integer.parseInt(state.settings().getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1"));
        if (minInsync < wanted) {
            faults.add(TopicFault.setting(
                    topic,
                    Kind.MIN_INSYNC,
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG + " at least " + wanted,
                    String.valueOf(minInsync)));
        }
    }

    private static void recordSize(Topic<?> topic, TopicState state, List<TopicFault> faults) {
        String bytes = state.settings().getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0");
        if (Long.parseLong(bytes) < Catalogue.MAX_RECORD_BYTES) {
            faults.add(TopicFault.setting(
                    topic,
                    Kind.RECORD_SIZE,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " at least " + Catalogue.MAX_RECORD_BYTES,
                    bytes));
        }
    }

    private static void same(
            Topic<?> topic, TopicState state, Kind kind, Map<String, String> wanted, List<TopicFault> faults) {
        wanted.forEach((name, value) -> {
            @Nullable String came = state.settings().get(name);
            if (came == null || !items(value).equals(items(came))) {
                faults.add(TopicFault.setting(topic, kind, name + " " + value, came == null ? "nothing" : came));
            }
        });
    }

    /** A setting may be a list, whose order means nothing. */
    private static Set<String> items(String setting) {
        return Set.copyOf(List.of(setting.replace(" ", "").split(",", -1)));
    }

    private static void groupOffsets(Duration kept, List<TopicFault> faults) {
        Duration needed = Catalogue.longestRetention();
        if (kept.compareTo(needed) < 0) {
            faults.add(new TopicFault(
                    TopicAdmin.GROUP_OFFSETS,
                    Kind.GROUP_OFFSETS,
                    "broker setting " + TopicAdmin.GROUP_OFFSETS + ": expected at least " + needed.toMinutes()
                            + ", came " + kept.toMinutes()
                            + ": raise it, or a group that is away for long reads its topics again"));
        }
    }

    private String partitions(Topic<?> topic) {
        return settings.partitions() + " partitions"
                + (topic.partitioning() == Partitioning.ALONE ? "" : " like all of " + topic.partitioning());
    }
}
