package io.breadcrumbs.engine;

import io.breadcrumbs.engine.coordinator.Coordinator;
import io.breadcrumbs.engine.coordinator.Coordinators;
import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.engine.coordinator.Tools;
import io.breadcrumbs.engine.streams.EngineClients;
import io.breadcrumbs.engine.streams.EngineTopology;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Health;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.schedule.StoredSchedules;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A workflow-engine: it decides about the runs of the partitions that it is given. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int SCHEMAS_PER_SUBJECT = 1_000;
    /** Who only stays away is waited for as one who has died. */
    private static final CloseOptions LEAVING = CloseOptions.timeout(Duration.ofSeconds(5))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Bus bus;
    private final Time time;
    private final Tools tools;
    private final StoredWorkflows workflows;
    private final StoredSchedules schedules;
    private final Coordinators coordinators;
    private final KafkaStreams streams;
    private final KeptRows rows;

    /**
     * Starts an engine over a bus that is ready; the bus stays the caller's. Blocks until the schema registry has
     * answered.
     */
    public Engine(Bus bus, Time time, EngineSettings settings) {
        this.bus = bus;
        this.time = time;
        Wire wire = Wire.over(new CachedSchemaRegistryClient(settings.registryUrl(), SCHEMAS_PER_SUBJECT));
        List.of(
                        Catalogue.WORKFLOW_EVENT,
                        Catalogue.WORKFLOW_COMMAND,
                        Catalogue.TOOL_RESPONSE,
                        Catalogue.TOOL_REQUEST,
                        Catalogue.DEAD_LETTER)
                .forEach(wire::prepare);
        tools = new Tools(bus);
        workflows = new StoredWorkflows(bus);
        schedules = new StoredSchedules(bus);
        coordinators = new Coordinators(new Surroundings(
                bus,
                time,
                Thread::startVirtualThread,
                tools,
                workflows::find,
                schedules::all,
                new Plans(new CelConditions()),
                settings.keeping()));
        streams = new KafkaStreams(
                EngineTopology.of(wire, coordinators), StreamsSettings.of(settings), new EngineClients(bus.instance()));
        rows = new KeptRows(settings.state().resolve(settings.name())); // which Streams has locked by now
        if (!rows.takeWhole()) {
            streams.cleanUp();
        }
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("a thread of the engine has failed, another one takes its place", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        CompletableFuture.allOf(tools.whenRead(), workflows.whenRead(), schedules.whenRead())
                .thenRun(streams::start);
    }

    /** Whether it has partitions, and decides in all of them. */
    public boolean acts() {
        Collection<Coordinator> all = coordinators.all();
        return streams.state() == KafkaStreams.State.RUNNING
                && !all.isEmpty()
                && all.stream().allMatch(Coordinator::acts);
    }

    /** Whether it can do its work, and if not, why. */
    public Health health() {
        List<String> faults = new ArrayList<>(bus.readiness().missing());
        List<String> notes = new ArrayList<>();
        KafkaStreams.State state = streams.state();
        if (state != KafkaStreams.State.RUNNING) {
            faults.add("its share of the log is not given to it yet (Kafka Streams is " + state + ")");
        }
        List<Integer> idle = coordinators.all().stream()
                .filter(coordinator -> !coordinator.acts())
                .map(Coordinator::partition)
                .sorted()
                .toList();
        if (!idle.isEmpty()) {
            faults.add("it does not decide in partitions " + idle + " yet: it takes over");
        } else if (coordinators.all().isEmpty()) {
            notes.add("it has no partition: other engines have them all");
        }
        int standing =
                coordinators.all().stream().mapToInt(Coordinator::standing).sum();
        if (standing > 0) {
            notes.add(standing + " runs stand still, since this process cannot go on with them; its log says why");
        }
        return new Health(faults, notes);
    }

    /** How much waits to be decided. */
    public int waiting() {
        return coordinators.all().stream().mapToInt(Coordinator::waiting).sum();
    }

    /** How many decisions are not read back, and messages of decisions not acknowledged. */
    public int owed() {
        return coordinators.all().stream().mapToInt(Coordinator::owed).sum();
    }

    /** How many partitions it has. */
    public int partitions() {
        return coordinators.all().size();
    }

    /** Of how many partitions of other engines it keeps a warm copy. */
    public int warmCopies() {
        return streams.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.standbyTasks().size())
                .sum();
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
        if (streams.close(LEAVING)) {
            rows.whole();
        }
        coordinators.close();
        tools.close();
        workflows.close();
        schedules.close();
    }
}
