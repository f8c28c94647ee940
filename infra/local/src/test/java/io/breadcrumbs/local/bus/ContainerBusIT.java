package io.breadcrumbs.local.bus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.sdk.kafka.BusSettings;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The bus over a broker that is configured and packaged by others; skipped where no Docker engine answers. */
class ContainerBusIT extends BusScenarios {

    private static final String IMAGE = "apache/kafka:4.3.1";

    private static KafkaContainer kafka;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        boolean engine = DockerClientFactory.instance().isDockerAvailable();
        if (!engine) {
            System.out.println("skipped: ContainerBusIT needs a Docker engine, none answers; 'docker info' says why");
        }
        assumeTrue(engine, "no Docker engine answers");
        kafka = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_OFFSETS_RETENTION_MINUTES", "52560000");
        kafka.start();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.getBootstrapServers()))) {
            new TopicAdmin(admin, TopicAdmin.Settings.oneBroker()).create(Catalogue.topics());
        }
        registry = EmbeddedRegistry.start(kafka.getBootstrapServers(), 0).orThrow();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    BusSettings settings() {
        return BusSettings.of(kafka.getBootstrapServers(), registry.url(), "test");
    }
}
