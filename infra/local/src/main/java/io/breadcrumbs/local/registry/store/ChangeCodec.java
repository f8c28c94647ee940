package io.breadcrumbs.local.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Changes as records: JSON keys and values of the shape that other registries keep in {@code _schemas}. */
final class ChangeCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangeCodec() {}

    static ProducerRecord<byte[], byte[]> encode(String topic, Change change) {
        ObjectNode key = JSON.createObjectNode();
        ObjectNode value = switch (change) {
            case Change.Stored(StoredSchema schema) -> {
                key(key, "SCHEMA", schema.subject(), 1).put("version", schema.version());
                yield value(schema);
            }
            case Change.Erased(String subject, int version) -> {
                key(key, "SCHEMA", subject, 1).put("version", version);
                yield null;
            }
            case Change.Level(String subject, String level) -> {
                key(key, "CONFIG", subject, 0);
                yield setting("compatibilityLevel", subject, level);
            }
            case Change.Mode(String subject, String mode) -> {
                key(key, "MODE", subject, 0);
                yield setting("mode", subject, mode);
            }
            case Change.HighestId(int id) -> {
                key(key, "HIGHEST_ID", null, 0);
                yield JSON.createObjectNode().put("id", id);
            }
            case Change.Other() -> throw new IllegalArgumentException("not ours to write");
        };
        return new ProducerRecord<>(topic, 0, bytes(key), value == null ? null : bytes(value));
    }

    static Change decode(byte @Nullable [] keyBytes, byte @Nullable [] valueBytes) {
        JsonNode key = tree(keyBytes);
        JsonNode value = tree(valueBytes);
        String subject = key.path("subject").isTextual() ? key.path("subject").asText() : null;
        boolean erased = value.isMissingNode();
        return switch (key.path("keytype").asText()) {
            case "SCHEMA" -> {
                if (subject == null) {
                    yield new Change.Other();
                }
                int version = key.path("version").asInt();
                yield erased ? new Change.Erased(subject, version) : new Change.Stored(stored(subject, version, value));
            }
            case "CONFIG" ->
                new Change.Level(
                        subject,
                        erased ? null : value.path("compatibilityLevel").asText());
            case "MODE" ->
                new Change.Mode(subject, erased ? null : value.path("mode").asText());
            case "HIGHEST_ID" -> new Change.HighestId(value.path("id").asInt());
            default -> new Change.Other();
        };
    }

    private static ObjectNode key(ObjectNode key, String type, @Nullable String subject, int magic) {
        key.put("keytype", type);
        if (subject != null || type.equals("CONFIG") || type.equals("MODE")) {
            key.put("subject", subject);
        }
        return key.put("magic", magic);
    }

    private static @Nullable ObjectNode setting(String name, @Nullable String subject, @Nullable String to) {
        return to == null
                ? null
                : JSON.createObjectNode().put("subject", subject).put(name, to);
    }

    private static ObjectNode value(StoredSchema schema) {
        ObjectNode value = JSON.createObjectNode()
                .put("subject", schema.subject())
                .put("version", schema.version())
                .put("id", schema.id())
                .put("schema", schema.text())
                .put("deleted", schema.deleted());
        if (!schema.references().isEmpty()) {
            ArrayNode references = value.putArray("references");
            for (SchemaReference to : schema.references()) {
                references
                        .addObject()
                        .put("name", to.getName())
                        .put("subject", to.getSubject())
                        .put("version", to.getVersion());
            }
        }
        return value;
    }

    private static StoredSchema stored(String subject, int version, JsonNode value) {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode to : value.path("references")) {
            references.add(new SchemaReference(
                    to.path("name").asText(),
                    to.path("subject").asText(),
                    to.path("version").asInt()));
        }
        return new StoredSchema(
                subject,
                version,
                value.path("id").asInt(),
                value.path("schema").asText(),
                references,
                value.path("deleted").asBoolean());
    }

    private static JsonNode tree(byte @Nullable [] bytes) {
        try {
            return bytes == null ? JSON.missingNode() : JSON.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
