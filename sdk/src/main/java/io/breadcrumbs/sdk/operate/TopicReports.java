package io.breadcrumbs.sdk.operate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks a cluster about its topics, internal ones left out. */
public final class TopicReports {

    private final Admin admin;

    private TopicReports(Admin admin) {
        this.admin = admin;
    }

    /** One report a topic, in the order of their names. */
    public static List<TopicReport> read(Admin admin) {
        return new TopicReports(admin).read();
    }

    private List<TopicReport> read() {
        Map<String, TopicDescription> topics = new TreeMap<>(KafkaSays.get(
                admin.describeTopics(KafkaSays.get(admin.listTopics().names())).allTopicNames()));
        List<TopicPartition> partitions = new ArrayList<>();
        topics.values()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<String, Long> bytes = bytes();
        Map<String, SortedMap<String, Long>> lags = lags(begins, ends);
        Map<String, Long> records = new HashMap<>();
        ends.forEach((partition, end) ->
                records.merge(partition.topic(), end - begins.getOrDefault(partition, end), Long::sum));
        return topics.values().stream()
                .map(topic -> new TopicReport(
                        topic.name(),
                        topic.partitions().size(),
                        records.getOrDefault(topic.name(), 0L),
                        bytes.getOrDefault(topic.name(), 0L),
                        lags.getOrDefault(topic.name(), new TreeMap<>())))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        KafkaSays.get(admin.listOffsets(wanted).all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** Replicas count once each, so that on a cluster this is the disk space of all of them. */
    private Map<String, Long> bytes() {
        Map<String, Long> bytes = new HashMap<>();
        List<Integer> brokers = KafkaSays.get(admin.describeCluster().nodes()).stream()
                .map(Node::id)
                .toList();
        KafkaSays.get(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .forEach(folder -> folder.replicaInfos()
                        .forEach((partition, replica) -> bytes.merge(partition.topic(), replica.size(), Long::sum)));
        return bytes;
    }

    private Map<String, SortedMap<String, Long>> lags(
            Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Collection<GroupListing> groups = KafkaSays.get(admin.listGroups().all());
        Map<String, SortedMap<String, Long>> lags = new HashMap<>();
        Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
        groups.forEach(group -> all.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
        if (all.isEmpty()) {
            return lags;
        }
        KafkaSays.get(admin.listConsumerGroupOffsets(all).all())
                .forEach((group, committed) -> committed.forEach((partition, at) -> {
                    Long end = ends.get(partition);
                    if (end != null) {
                        long lag = end - position(at, begins.getOrDefault(partition, 0L));
                        lags.computeIfAbsent(partition.topic(), any -> new TreeMap<>())
                                .merge(group, lag, Long::sum);
                    }
                }));
        return lags;
    }

    private static long position(@Nullable OffsetAndMetadata committed, long begin) {
        return committed == null ? begin : Math.max(begin, committed.offset());
    }
}
