package io.breadcrumbs.sdk.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.nio.charset.StandardCharsets;
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
        Position place,
        Instant time,
        @Nullable String key,
        @Nullable String origin,
        @Nullable String seq,
        JsonNode value,
        @Nullable String undecodable) {

    static SeenRecord of(Fetched fetched, JsonNode value, @Nullable String undecodable) {
        byte[] key = fetched.record().key();
        Headers headers = fetched.record().headers();
        String origin = headers.origin();
        return new SeenRecord(
                fetched.position(),
                Instant.ofEpochMilli(fetched.timestampMs()),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                origin,
                origin == null ? null : Long.toString(headers.seq()),
                value,
                undecodable);
    }

    /** What {@link #json} has made. */
    public static SeenRecord of(JsonNode node) {
        return new SeenRecord(
                new Position(
                        new Partition(
                                node.path("topic").asText(),
                                node.path("partition").asInt()),
                        node.path("offset").asLong()),
                Instant.parse(node.path("time").asText()),
                node.path("key").asText(null),
                node.path("origin").asText(null),
                node.path("seq").asText(null),
                node.path("value"),
                node.path("undecodable").asText(null));
    }

    /** Whose it is: that of its value; the usual workspace if that names none, or cannot be read. */
    public String workspace() {
        return workspace(value);
    }

    static String workspace(JsonNode value) {
        String named = value.path("meta").path("workspace").asText("");
        return named.isEmpty() ? Metas.DEFAULT_WORKSPACE : named;
    }

    /** One line for people. */
    public String line() {
        String by = origin == null ? "-" : origin + "/" + seq;
        String shown = undecodable != null ? "UNDECODABLE " + undecodable : value.toString();
        return place.partition().number() + " " + place.offset() + " " + time + " " + (key == null ? "-" : key) + " "
                + by + " " + shown;
    }

    /** For programs. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("topic", place.partition().topic())
                .put("partition", place.partition().number())
                .put("offset", place.offset())
                .put("time", time.toString())
                .put("key", key)
                .put("origin", origin)
                .put("seq", seq);
        node.set("value", value);
        if (undecodable != null) {
            node.put("undecodable", undecodable);
        }
        return node;
    }
}
