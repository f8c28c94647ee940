package io.breadcrumbs.local.platform;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Creates and checks what the catalogue names, and registers its schemas. */
final class Topics {

    private static final int CACHED_SCHEMAS = 100;

    private Topics() {}

    /** Says what there is now, in a few words. */
    static String prepare(String bootstrapServers, String registryUrl) {
        List<Topic<?>> topics = Catalogue.topics();
        List<String> created;
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            TopicAdmin topicAdmin = new TopicAdmin(admin, TopicAdmin.Settings.oneBroker());
            created = topicAdmin.create(topics);
        }
        Wire wire = Wire.over(new CachedSchemaRegistryClient(registryUrl, CACHED_SCHEMAS));
        topics.forEach(wire::prepare);
        return topics.size() + (created.isEmpty() ? "" : ", " + created.size() + " new");
    }
}
