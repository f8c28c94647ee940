package io.breadcrumbs.sdk.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What there is to say about one topic.
 *
 * @param records offsets between beginning and end, over all partitions
 * @param bytes size on disk
 * @param lagByGroup how many records each group that has committed offsets is behind
 */
public record TopicReport(String topic, int partitions, long records, long bytes, SortedMap<String, Long> lagByGroup) {

    /** For programs. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("topic", topic)
                .put("partitions", partitions)
                .put("records", records)
                .put("bytes", bytes);
        ObjectNode lag = node.putObject("lag");
        lagByGroup.forEach(lag::put);
        return node;
    }

    /** What {@link #json} has made. */
    public static TopicReport of(JsonNode node) {
        SortedMap<String, Long> lag = new TreeMap<>();
        node.path("lag")
                .properties()
                .forEach(group -> lag.put(group.getKey(), group.getValue().asLong()));
        return new TopicReport(
                node.path("topic").asText(),
                node.path("partitions").asInt(),
                node.path("records").asLong(),
                node.path("bytes").asLong(),
                lag);
    }
}
