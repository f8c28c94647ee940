package io.breadcrumbs.local.kill.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.Engine;
import io.breadcrumbs.engine.EngineSettings;
import io.breadcrumbs.local.kafka.BrokerSettings;
import io.breadcrumbs.local.kafka.EmbeddedKafka;
import io.breadcrumbs.local.kill.Patience;
import io.breadcrumbs.local.platform.Topics;
import io.breadcrumbs.local.registry.EmbeddedRegistry;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBus;
import io.breadcrumbs.sdk.kafka.SystemTime;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StandbyIT {

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedRegistry registry;
    private SystemTime time;
    private BusSettings settings;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(BrokerSettings.anywhere(folder.resolve("kafka")))
                .orThrow();
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0).orThrow();
        Topics.prepare(kafka.bootstrapServers(), registry.url());
        time = new SystemTime("standby");
        settings = BusSettings.of(kafka.bootstrapServers(), registry.url(), "standby");
    }

    @AfterEach
    void stop() {
        time.close();
        registry.close();
        kafka.close();
    }

    /** Otherwise its partitions are nobody's until its session is over. */
    @Test
    void shouldLeaveAtOnceWhenItStops() throws Exception {
        EngineSettings engine = engine("one");
        try (Bus bus = KafkaBus.awaitReady(KafkaBus.connect(settings), Patience.LONG)) {
            // Given
            try (Engine one = new Engine(bus, time, engine)) {
                Patience.await("the engine acts", one::acts);
                assertThat(members(engine.name())).isNotEmpty();

                // When: it is closed
            }

            // Then
            assertThat(members(engine.name())).isEmpty();
        }
    }

    private Collection<MemberDescription> members(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group))
                    .members();
        }
    }

    @Test
    void shouldKeepAWarmCopyOfEachPartitionAsSoonAsThereAreTwoEngines() throws Exception {
        try (Bus one = KafkaBus.awaitReady(KafkaBus.connect(settings), Patience.LONG);
                Bus other = KafkaBus.awaitReady(KafkaBus.connect(settings), Patience.LONG);
                Engine first = new Engine(one, time, engine("first"))) {
            // Given
            Patience.await("the first engine acts", first::acts);
            assertThat(first.warmCopies()).isZero();

            // When
            try (Engine second = new Engine(other, time, engine("second"))) {

                // Then
                Patience.await(
                        "each partition has an owner and a copy",
                        () -> first.partitions() + second.partitions() == settings.partitions()
                                && first.warmCopies() + second.warmCopies() == settings.partitions()
                                && second.warmCopies() > 0);
            }
            Patience.await(
                    "the first engine has all partitions again, and no copy",
                    () -> first.acts() && first.partitions() == settings.partitions() && first.warmCopies() == 0);
        }
    }

    private EngineSettings engine(String name) {
        return EngineSettings.of(settings.bootstrapServers(), settings.registryUrl(), folder.resolve(name));
    }
}
