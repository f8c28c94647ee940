package io.breadcrumbs.local.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A draft that was found good: the record that will be written.
 *
 * @param line of its file
 */
record Publication<V extends SpecificRecord>(int line, Topic<V> topic, String key, V value) {

    private static final Set<String> MEMBERS = Set.of("topic", "key", "value");

    /** Which field of the value gives the key, by what the catalogue says that the key is. */
    private static final List<List<String>> KEYS = List.of(
            List.of("request id", "requestId"),
            List.of("run id", "runId"),
            List.of("breadcrumb id", "breadcrumbId"),
            List.of("run id, or request id where no run asked", "awaitKey"));

    static Publication<?> of(Draft draft, Instant now) throws DraftException {
        JsonNode json = draft.json();
        if (!json.isObject()) {
            throw new DraftException("expected an object {topic, key, value}, got " + json.getNodeType());
        }
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!MEMBERS.contains(name)) {
                throw DraftException.field(name, "only topic, key and value", "an unknown field");
            }
        }
        String name = json.path("topic").asText();
        Optional<Topic<?>> topic = Catalogue.topic(name);
        if (topic.isEmpty()) {
            List<String> names = Catalogue.topics().stream().map(Topic::name).toList();
            throw DraftException.field("topic", "one of " + String.join(", ", names), "'" + name + "'");
        }
        return of(draft, topic.get(), now);
    }

    private static <V extends SpecificRecord> Publication<V> of(Draft draft, Topic<V> topic, Instant now)
            throws DraftException {
        JsonNode sent = draft.json().path("value");
        if (!(sent instanceof ObjectNode object)) {
            throw DraftException.field("value", "an object", sent.isMissingNode() ? "nothing" : sent.toString());
        }
        ObjectNode value = object.deepCopy();
        fillMeta(value, topic, now);
        V read = topic.type()
                .cast(SpecificData.get().deepCopy(topic.schema(), RecordReader.read("value", topic.schema(), value)));
        return new Publication<>(draft.line(), topic, key(draft.json().path("key"), topic, value), read);
    }

    private static void fillMeta(ObjectNode value, Topic<?> topic, Instant now) {
        if (!value.has("meta")) {
            value.putObject("meta");
        }
        if (!(value.get("meta") instanceof ObjectNode meta)) {
            return;
        }
        putIfAbsent(meta, "id", UUID.randomUUID().toString());
        putIfAbsent(meta, "schemaName", topic.name());
        putIfAbsent(meta, "author", "crumb");
        for (String time : List.of("createdAtMs", "updatedAtMs")) {
            if (!meta.has(time)) {
                meta.put(time, now.toEpochMilli());
            }
        }
        for (String id : List.of("requestId", "commandId")) {
            if (topic.schema().getField(id) != null && meta.path("id").isTextual()) {
                putIfAbsent(value, id, meta.path("id").asText());
            }
        }
    }

    private static void putIfAbsent(ObjectNode node, String field, String text) {
        if (!node.has(field)) {
            node.put(field, text);
        }
    }

    private static String key(JsonNode given, Topic<?> topic, JsonNode value) throws DraftException {
        if (given.isTextual()) {
            return given.asText();
        }
        @Nullable String derived = null;
        for (List<String> key : KEYS) {
            if (key.get(0).equals(topic.key())) {
                derived = value.path(key.get(1)).textValue();
            }
        }
        if (derived == null && List.of("id", "breadcrumb id").contains(topic.key())) {
            derived = value.path("meta").path("id").textValue();
        }
        if (derived == null || !given.isMissingNode()) {
            throw DraftException.field(
                    "key", "a string (" + topic.key() + ")", given.isMissingNode() ? "nothing" : given.toString());
        }
        return derived;
    }
}
