package io.breadcrumbs.local.inspect;

import java.util.SortedMap;

/**
 * What there is to say about one topic.
 *
 * @param records offsets between beginning and end, over all partitions
 * @param bytes size on disk
 * @param lagByGroup how many records each group that has committed offsets is behind
 */
public record TopicReport(String topic, int partitions, long records, long bytes, SortedMap<String, Long> lagByGroup) {}
