package io.breadcrumbs.local.registry;

import io.breadcrumbs.local.registry.store.RegistryState;
import io.breadcrumbs.local.registry.store.StoredSchema;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaVersionFetcher;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses schema texts, and compares them, with Confluent's own classes. */
final class SchemaText {

    private final AvroSchemaProvider provider = new AvroSchemaProvider();

    SchemaText(RegistryState state) {
        SchemaVersionFetcher fetcher = new StoredVersions(state);
        provider.configure(Map.of(SchemaProvider.SCHEMA_VERSION_FETCHER_CONFIG, fetcher));
    }

    /** Where references are looked up. */
    private record StoredVersions(RegistryState state) implements SchemaVersionFetcher {

        @Override
        public String tenant() {
            return "default";
        }

        @Override
        public @Nullable Schema getByVersion(String subject, int version, boolean deletedToo) {
            return state.versions(subject).stream()
                    .filter(schema -> schema.version() == version && (deletedToo || !schema.deleted()))
                    .findFirst()
                    .map(StoredSchema::entity)
                    .orElse(null);
        }
    }

    /** What came of parsing a text that a client sent. */
    sealed interface Parsed {
        record Valid(ParsedSchema schema) implements Parsed {
            List<SchemaReference> references() {
                return schema.references();
            }

            String text() {
                return schema.canonicalString();
            }
        }

        record Invalid(Reply.Failed why) implements Parsed {}
    }

    Parsed parse(Schema sent, boolean normalize) {
        String type = sent.getSchemaType();
        if (type != null && !type.equals("AVRO")) {
            return invalid("schema type '" + type + "' is not supported, only AVRO");
        }
        if (sent.getSchema() == null || sent.getSchema().isBlank()) {
            return invalid("Empty schema");
        }
        try {
            return new Parsed.Valid(provider.parseSchemaOrElseThrow(sent, true, normalize));
        } catch (RuntimeException | StackOverflowError e) {
            return invalid("Invalid schema: " + rootMessage(e));
        }
    }

    /** Why the new schema may not follow the older ones (oldest first); empty if it may. */
    List<String> incompatibilities(Parsed.Valid next, CompatibilityLevel level, List<StoredSchema> older) {
        List<ParsedSchemaHolder> holders = new ArrayList<>();
        for (StoredSchema schema : older) {
            holders.add(new SimpleParsedSchemaHolder(provider.parseSchemaOrElseThrow(schema.entity(), false, false)));
        }
        return next.schema().isCompatible(level, holders);
    }

    private static Parsed invalid(String message) {
        return new Parsed.Invalid(new Reply.Failed(42201, message));
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
