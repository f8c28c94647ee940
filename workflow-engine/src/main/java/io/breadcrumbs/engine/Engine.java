package io.breadcrumbs.engine;

import io.breadcrumbs.engine.coordinator.Coordinator;
import io.breadcrumbs.engine.coordinator.Coordinators;
import io.breadcrumbs.engine.coordinator.Surroundings;
import io.breadcrumbs.engine.coordinator.Tools;
import io.breadcrumbs.engine.streams.EngineTopology;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A workflow-engine: it decides about the runs of the partitions that it is given. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int SCHEMAS_PER_SUBJECT = 1_000;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Time time;
    private final Tools tools;
    private final Coordinators coordinators;
    private final KafkaStreams streams;

    /**
     * Starts an engine over a bus that is ready; the bus stays the caller's. Blocks until the schema registry has
     * answered.
     */
    public Engine(Bus bus, Time time, EngineSettings settings) {
        this.time = time;
        Wire wire = Wire.over(new CachedSchemaRegistryClient(settings.registryUrl(), SCHEMAS_PER_SUBJECT));
        List.of(Catalogue.WORKFLOW_EVENT, Catalogue.WORKFLOW_COMMAND, Catalogue.TOOL_RESPONSE)
                .forEach(wire::prepare);
        tools = new Tools(bus);
        coordinators = new Coordinators(new Surroundings(
                bus, time, Thread::startVirtualThread, tools, new Plans(new CelConditions()), settings.runsAtHand()));
        streams = new KafkaStreams(EngineTopology.of(wire, coordinators), StreamsSettings.of(settings));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("a thread of the engine has failed, another one takes its place", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        tools.whenRead().thenRun(streams::start);
    }

    /** Whether it has partitions, and decides in all of them. */
    public boolean acts() {
        Collection<Coordinator> all = coordinators.all();
        return streams.state() == KafkaStreams.State.RUNNING
                && !all.isEmpty()
                && all.stream().allMatch(Coordinator::acts);
    }

    /** How many partitions it has. */
    public int partitions() {
        return coordinators.all().size();
    }

    /** Completes when it has partitions, and decides in all of them. */
    public CompletableFuture<Void> whenActing() {
        CompletableFuture<Void> acting = new CompletableFuture<>();
        look(acting);
        return acting;
    }

    private void look(CompletableFuture<Void> acting) {
        if (acts()) {
            acting.complete(null);
        } else if (!acting.isDone()) {
            time.after(LOOK_EVERY, () -> look(acting));
        }
    }

    /** Gives up its partitions, so that others take over at once. */
    @Override
    public void close() {
        streams.close(CLOSED_WITHIN);
        coordinators.close();
        tools.close();
    }
}
