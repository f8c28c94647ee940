package io.breadcrumbs.local.platform;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.schemas.catalogue.TopicFault;
import io.breadcrumbs.schemas.wire.Wire;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Creates and checks what the catalogue names, and registers its schemas. */
public final class Topics {

    private static final int CACHED_SCHEMAS = 100;
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Topics() {}

    /**
     * What there is now.
     *
     * @param said in a few words
     * @param faults in which topics differ from the catalogue; schemas are registered only if there are none
     */
    public record Prepared(String said, List<TopicFault> faults) {

        public Prepared {
            faults = List.copyOf(faults);
        }
    }

    /** Creates what is missing, on one broker. Blocks. */
    public static Prepared prepare(String bootstrapServers, String registryUrl) throws InterruptedException {
        return prepare(bootstrapServers, registryUrl, TopicAdmin.Settings.oneBroker());
    }

    /** Creates what is missing, with so many copies. Blocks. */
    public static Prepared prepare(String bootstrapServers, String registryUrl, TopicAdmin.Settings settings)
            throws InterruptedException {
        List<Topic<?>> topics = Catalogue.topics();
        List<String> created;
        List<TopicFault> faults;
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            TopicAdmin topicAdmin = new TopicAdmin(admin, settings);
            created = topicAdmin.create(topics);
            faults = check(topicAdmin, topics);
        }
        if (faults.isEmpty()) {
            Wire wire = Wire.over(new CachedSchemaRegistryClient(registryUrl, CACHED_SCHEMAS));
            topics.forEach(wire::prepare);
        }
        return new Prepared(topics.size() + (created.isEmpty() ? "" : ", " + created.size() + " new"), faults);
    }

    /** The broker hears of a topic a moment after the controller has created it: until then it counts as missing. */
    private static List<TopicFault> check(TopicAdmin admin, List<Topic<?>> topics) throws InterruptedException {
        long until = System.nanoTime() + KNOWN_WITHIN.toNanos();
        List<TopicFault> faults = admin.check(topics);
        while (faults.stream().anyMatch(fault -> fault.kind() == TopicFault.Kind.MISSING)
                && System.nanoTime() < until) {
            Thread.sleep(LOOK_EVERY);
            faults = admin.check(topics);
        }
        return faults;
    }
}
