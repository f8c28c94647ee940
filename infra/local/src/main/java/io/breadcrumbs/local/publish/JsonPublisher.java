package io.breadcrumbs.local.publish;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.schemas.catalogue.TopicFault;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** Publishes JSON over a bus: first all of it is checked, then all of it is published. */
public final class JsonPublisher {

    private static final Duration READY_WITHIN = Duration.ofSeconds(20);
    private static final int LOOK_UP_MS = 10_000;

    private final BusSettings settings;
    private final InstantSource clock;

    /** Connects to nothing yet. */
    public JsonPublisher(BusSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Publishes everything that stands in a text, in its order, up to the first record that cannot be published.
     *
     * @param source its name, for messages
     * @throws DraftException if anything in the text is wrong; nothing has been published then
     * @throws io.breadcrumbs.sdk.BusException if the bus does not become ready; nothing has been published then
     */
    public Published publish(String source, Reader text) throws IOException, DraftException, InterruptedException {
        List<Publication<?>> checked = new ArrayList<>();
        for (Draft draft : DraftReader.read(source, text)) {
            try {
                checked.add(Publication.of(draft, clock.instant(), settings.limits()));
            } catch (DraftException e) {
                throw e.at(source, draft.line());
            }
        }
        if (checked.isEmpty()) {
            return new Published(List.of(), List.of(), 0);
        }
        demandTopics(source, checked);
        try (Bus bus = KafkaBus.connect(settings)) {
            KafkaBus.awaitReady(bus, READY_WITHIN);
            return new Sending(bus).send(checked);
        }
    }

    /** Topics of pools exist only where somebody made them; all others are there when the bus is ready. */
    private void demandTopics(String source, List<Publication<?>> publications) throws DraftException {
        Set<Topic<?>> known = new HashSet<>(Catalogue.topics());
        List<Publication<?>> ofPools = publications.stream()
                .filter(publication -> known.add(publication.topic()))
                .toList();
        if (ofPools.isEmpty()) {
            return;
        }
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                settings.bootstrapServers(),
                "default.api.timeout.ms",
                LOOK_UP_MS,
                "request.timeout.ms",
                LOOK_UP_MS);
        try (Admin admin = Admin.create(config)) {
            TopicAdmin topics = new TopicAdmin(admin, settings.topics());
            for (Publication<?> publication : ofPools) {
                for (TopicFault fault : topics.check(List.of(publication.topic()))) {
                    throw new DraftException(fault.message()).at(source, publication.line());
                }
            }
        }
    }
}
