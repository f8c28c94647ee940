package io.breadcrumbs.local.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.bus.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param value null ends the key
 * @param large whether its body will stand in the log apart from it
 */
record Publication<V extends SpecificRecord>(
        int line, Topic<V> topic, String key, @Nullable V value, boolean large) {

    /**
     * Records that have an id of their own beside that of the breadcrumb; elsewhere these fields name other records.
     */
    private static final Map<String, String> OWN_IDS =
            Map.of("ToolRequest", "requestId", "WorkflowCommand", "commandId", "BreadcrumbCommand", "commandId");

    private static final Set<String> MEMBERS = Set.of("topic", "key", "value");

    /**
     * Which fields of the value give the key, the first that has a text, by what the catalogue says that the key is.
     */
    private static final Map<String, List<String>> KEYS = Map.of(
            "request id", List.of("requestId"),
            "run id", List.of("runId"),
            "request id or run id", List.of("requestId", "runId"),
            "breadcrumb id", List.of("breadcrumbId"),
            "run id, or request id where no run asked", List.of("awaitKey", "runId", "requestId"));

    static Publication<?> of(Draft draft, Instant now, Limits limits) throws DraftException {
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
        return of(draft, topic.get(), now, limits);
    }

    private static <V extends SpecificRecord> Publication<V> of(Draft draft, Topic<V> topic, Instant now, Limits limits)
            throws DraftException {
        JsonNode sent = draft.json().path("value");
        if (sent.isNull() && topic.compacted()) {
            return new Publication<>(draft.line(), topic, key(draft.json().path("key"), topic, sent), null, false);
        }
        if (!(sent instanceof ObjectNode object)) {
            throw DraftException.field("value", "an object", sent.isMissingNode() ? "nothing" : sent.toString());
        }
        ObjectNode value = object.deepCopy();
        fillMeta(value, topic, now);
        V read = topic.type()
                .cast(SpecificData.get().deepCopy(topic.schema(), RecordReader.read("value", topic.schema(), value)));
        String key = key(draft.json().path("key"), topic, value);
        return new Publication<>(draft.line(), topic, key, read, large(topic, read, limits));
    }

    /** The body of a record that names a blob may be as large as what may be in flight; any other is bounded itself. */
    private static boolean large(Topic<?> topic, SpecificRecord value, Limits limits) throws DraftException {
        boolean names = topic.schema().getField("blob") != null;
        long bytes = EncodedSize.of(value);
        long atMost = names ? limits.inFlightBytes() - limits.recordBytes() : limits.recordBytes();
        if (bytes > atMost) {
            throw DraftException.field("value", "at most " + atMost + " bytes when encoded", bytes + " bytes");
        }
        return names && bytes > limits.bodyBytes();
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
        String id = OWN_IDS.get(topic.schema().getName());
        if (id != null && meta.path("id").isTextual()) {
            putIfAbsent(value, id, meta.path("id").asText());
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
        for (String field : KEYS.getOrDefault(topic.key(), List.of())) {
            derived = derived == null ? value.path(field).textValue() : derived;
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
