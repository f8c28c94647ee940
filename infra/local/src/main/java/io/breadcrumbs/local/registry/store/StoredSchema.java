package io.breadcrumbs.local.registry.store;

import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.List;

/**
 * One version of a subject.
 *
 * @param id shared by all versions of all subjects that have the same text and references
 * @param text canonical JSON of the Avro schema
 * @param deleted softly: found only by those who ask for deleted ones, and by id
 */
public record StoredSchema(
        String subject, int version, int id, String text, List<SchemaReference> references, boolean deleted) {

    public StoredSchema {
        references = List.copyOf(references);
    }

    public StoredSchema withDeleted(boolean now) {
        return new StoredSchema(subject, version, id, text, references, now);
    }

    public Schema entity() {
        return new Schema(subject, version, id, "AVRO", references, text);
    }

    public boolean sameContent(String otherText, List<SchemaReference> otherReferences) {
        return text.equals(otherText) && references.equals(otherReferences);
    }

    public boolean refersTo(String otherSubject, int otherVersion) {
        return references.stream()
                .anyMatch(to -> to.getSubject().equals(otherSubject) && to.getVersion() == otherVersion);
    }
}
