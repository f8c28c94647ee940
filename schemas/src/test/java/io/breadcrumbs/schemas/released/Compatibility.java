package io.breadcrumbs.schemas.released;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.released.Releases.Released;
import io.confluent.kafka.schemaregistry.CompatibilityChecker;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.util.List;

/** The registry's own rule, applied to a schema and its predecessors. */
final class Compatibility {
    private static final CompatibilityChecker CHECKER =
            CompatibilityChecker.checker(CompatibilityLevel.FULL_TRANSITIVE);

    private Compatibility() {}

    /** What keeps a schema from following those of the releases under the topic's subject; empty when nothing does. */
    static List<String> faults(Topic<?> topic, AvroSchema present, List<Released> releases) {
        List<AvroSchema> predecessors = releases.stream()
                .filter(released -> released.subject().equals(topic.subject()))
                .map(released -> new AvroSchema(released.schema()))
                .toList();
        return CHECKER.isCompatible(present, predecessors);
    }
}
