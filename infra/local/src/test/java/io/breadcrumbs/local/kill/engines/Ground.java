package io.breadcrumbs.local.kill.engines;

import io.breadcrumbs.local.data.PlatformState;
import io.breadcrumbs.local.kill.brokers.Brokers;
import io.breadcrumbs.local.platform.Topics;
import io.breadcrumbs.local.platform.Version;
import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** What engines and runners stand on: brokers that can be killed, and a registry that is not. */
public record Ground(Brokers brokers, EmbeddedRegistry registry) implements AutoCloseable {

    /** Returns when there are all topics, that of this pool too. */
    public static Ground start(int count, Path folder, String pool) throws IOException, InterruptedException {
        Brokers brokers = Brokers.start(count, folder);
        try {
            EmbeddedRegistry registry =
                    EmbeddedRegistry.start(brokers.bootstrapServers(), 0).orThrow();
            Ground ground = new Ground(brokers, registry);
            ground.prepare(pool);
            return ground;
        } catch (RuntimeException | InterruptedException e) {
            brokers.close();
            throw e;
        }
    }

    private void prepare(String pool) throws InterruptedException {
        Topics.Prepared prepared = Topics.prepare(brokers.bootstrapServers(), registry.url(), topics());
        if (!prepared.faults().isEmpty()) {
            throw new IllegalStateException(prepared.faults().toString());
        }
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers.bootstrapServers()))) {
            new TopicAdmin(admin, topics()).create(List.of(Catalogue.toolRequest(pool)));
        }
    }

    TopicAdmin.Settings topics() {
        return Brokers.topics(brokers.count());
    }

    public PlatformState state() {
        return PlatformState.here("", brokers.bootstrapServers(), registry.url(), "kill", Version.current());
    }

    @Override
    public void close() throws InterruptedException {
        registry.close();
        brokers.close();
    }
}
