package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.StoredSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import java.util.List;

/** Reads by id. Deleted versions are found too, since records that were written with them are still read. */
final class SchemaIds {

    private final RegistryState state;

    SchemaIds(RegistryState state) {
        this.state = state;
    }

    Reply schema(String id, boolean fetchMaxId, boolean textOnly) {
        List<StoredSchema> found = find(id);
        if (found.isEmpty()) {
            return missing(id);
        }
        StoredSchema schema = found.getFirst();
        if (textOnly) {
            return Reply.ok(new Reply.RawJson(schema.text()));
        }
        SchemaString answer = new SchemaString(schema.entity());
        if (fetchMaxId) {
            answer.setMaxId(state.highestId());
        }
        return Reply.ok(answer);
    }

    Reply subjects(String id, boolean deletedToo) {
        List<StoredSchema> found = find(id);
        return found.isEmpty()
                ? missing(id)
                : Reply.ok(found.stream()
                        .filter(schema -> deletedToo || !schema.deleted())
                        .map(StoredSchema::subject)
                        .distinct()
                        .sorted()
                        .toList());
    }

    Reply versions(String id, boolean deletedToo) {
        List<StoredSchema> found = find(id);
        return found.isEmpty()
                ? missing(id)
                : Reply.ok(found.stream()
                        .filter(schema -> deletedToo || !schema.deleted())
                        .map(schema -> new SubjectVersion(schema.subject(), schema.version()))
                        .sorted()
                        .toList());
    }

    /** All versions of all subjects that begin so. */
    Reply list(String prefix, boolean deletedToo, boolean latestOnly) {
        return Reply.ok(state.all().stream()
                .filter(schema -> schema.subject().startsWith(prefix) && (deletedToo || !schema.deleted()))
                .filter(schema -> !latestOnly || latest(schema, deletedToo))
                .map(StoredSchema::entity)
                .toList());
    }

    private boolean latest(StoredSchema schema, boolean deletedToo) {
        return state.versions(schema.subject()).stream()
                .noneMatch(other -> other.version() > schema.version() && (deletedToo || !other.deleted()));
    }

    private List<StoredSchema> find(String id) {
        try {
            return state.byId(Integer.parseInt(id));
        } catch (NumberFormatException e) {
            return List.of();
        }
    }

    private static Reply missing(String id) {
        return new Reply.Failed(40403, "Schema " + id + " not found");
    }
}
