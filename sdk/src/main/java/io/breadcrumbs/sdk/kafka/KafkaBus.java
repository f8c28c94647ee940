package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.bus.LaneBus;
import io.breadcrumbs.sdk.bus.Parts;
import io.breadcrumbs.sdk.trace.Spans;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes buses over Kafka. */
public final class KafkaBus {

    private static final int SCHEMAS_PER_SUBJECT = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private KafkaBus() {}

    /**
     * A bus that connects in the background. Until its readiness says so, publishing is refused; subscriptions and
     * tails begin when the broker is there.
     */
    public static Bus connect(BusSettings settings) {
        return connect(settings, Spans.OFF);
    }

    /** The same, with somebody who is told what happens on it. */
    public static Bus connect(BusSettings settings, Spans spans) {
        String instance = settings.name() + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        KafkaLog log = new KafkaLog(new KafkaClients(settings, instance), settings.drain());
        Wire wire = Wire.over(new CachedSchemaRegistryClient(settings.registryUrl(), SCHEMAS_PER_SUBJECT));
        Preparation preparation = new Preparation(
                log,
                wire,
                new TopicAdmin(log.admin(), settings.topics()),
                settings.bootstrapServers(),
                new Complaint(instance, System::nanoTime));
        SystemTime time = new SystemTime(instance);
        log.whenMissing(preparation::want);
        log.beforeClose(() -> {
            preparation.close();
            time.close();
        });
        Parts parts = new Parts(
                instance,
                log,
                wire,
                time,
                Thread::startVirtualThread,
                new LoopThreads(instance),
                () -> ThreadLocalRandom.current().nextLong(),
                settings.limits());
        Thread.ofPlatform().daemon().name(instance + " preparation").start(preparation);
        return new LaneBus(parts, preparation::readiness, spans);
    }

    /** Waits until a bus is ready; fails with what is missing. Blocks. */
    public static Bus awaitReady(Bus bus, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!bus.readiness().ready()) {
            if (System.nanoTime() > until) {
                throw new BusException(
                        ErrorCode.AWAY,
                        "not ready within " + atMost + ": "
                                + String.join("; ", bus.readiness().missing()));
            }
            Thread.sleep(LOOK_EVERY);
        }
        return bus;
    }
}
