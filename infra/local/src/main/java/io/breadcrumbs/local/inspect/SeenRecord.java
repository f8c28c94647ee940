package io.breadcrumbs.local.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in a topic.
 *
 * @param origin the instance that published it by the bus; null for other clients
 * @param seq its number among that instance's records; null without origin
 * @param value decoded; JSON null for a tombstone
 * @param undecodable why the value could not be decoded; null if it could
 */
public record SeenRecord(
        Place place,
        Instant time,
        @Nullable String key,
        @Nullable String origin,
        @Nullable String seq,
        JsonNode value,
        @Nullable String undecodable) {

    /** Where it stands. */
    public record Place(String topic, int partition, long offset) {}

    /** One line for people. */
    public String line() {
        String by = origin == null ? "-" : origin + "/" + seq;
        String shown = undecodable != null ? "UNDECODABLE " + undecodable : value.toString();
        return place.partition() + " " + place.offset() + " " + time + " " + (key == null ? "-" : key) + " " + by + " "
                + shown;
    }

    /** One line for programs. */
    public String json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("topic", place.topic())
                .put("partition", place.partition())
                .put("offset", place.offset())
                .put("time", time.toString())
                .put("key", key)
                .put("origin", origin)
                .put("seq", seq);
        node.set("value", value);
        if (undecodable != null) {
            node.put("undecodable", undecodable);
        }
        return node.toString();
    }
}
