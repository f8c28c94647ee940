package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.decide.Facts;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.RunError;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a run about which an engine cannot decide, since it is at fault itself. */
class EngineFaultTest {

    private static final Wire WIRE = MemoryBus.wire();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String INTERNAL = "java.lang.Internal";
    private static final String BOOKED =
            "{\"id\": \"car\", \"tool\": \"book\", \"compensate\": {\"tool\": \"cancel\", \"input\": 7}}";
    private static final String BROKEN = "{\"id\": \"late\", \"tool\": \"broken\", \"deps\": \"%s\"}";

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final List<Event> events = new ArrayList<>();
    private final MemoryBus bus = MemoryBus.in(cluster.process("user"), WIRE, scheduler);
    private final Runs runs = new Runs(bus, "user", Runnable::run);
    /** The engine fails when it looks for one of these tools. */
    private final Set<String> failing = new HashSet<>(Set.of("broken"));

    EngineFaultTest() {
        bus.tail(
                TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                new JournalReader(_ -> true, new JournalReader.Listener() {
                    @Override
                    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
                        batch.entries().forEach(entry -> events.add(entry.event()));
                    }
                }));
        MemoryProcess process = cluster.process("engine");
        Coordinators coordinators = new Coordinators(new Surroundings(
                MemoryBus.in(process, WIRE, scheduler),
                process,
                process::execute,
                this::tool,
                (_, _) -> null,
                List::of,
                new Plans(new CelConditions()),
                Keeping.of(10)));
        new SimulatedStreams(cluster, process, WIRE, new SimulatedStreams.Stored(Mutation.NONE), coordinators);
        pass(SOON);
    }

    private Facts.Tool tool(String name, @Nullable String version) {
        if (failing.contains(name)) {
            throw new IllegalStateException(INTERNAL);
        }
        return new Facts.Tool("1", "default", false);
    }

    private void pass(Duration time) {
        long until = scheduler.nowMicros() + time.toMillis() * 1_000;
        while (scheduler.step(until)) {
            // goes on
        }
    }

    private <V extends SpecificRecord> List<V> log(Topic<V> topic) {
        return cluster.records(new Partition(topic.name(), 0)).stream()
                .map(fetched -> decode(topic, fetched))
                .toList();
    }

    private static <V extends SpecificRecord> V decode(Topic<V> topic, Fetched fetched) {
        try {
            return WIRE.decode(topic, Objects.requireNonNull(fetched.record().value()));
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> asked() {
        return log(Catalogue.TOOL_REQUEST).stream().map(ToolRequest::getTool).toList();
    }

    /** The last request for this tool is answered. */
    private void answer(String tool) {
        String requestId = log(Catalogue.TOOL_REQUEST).stream()
                .filter(request -> request.getTool().equals(tool))
                .toList()
                .getLast()
                .getRequestId();
        ToolResponse answer = ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, requestId, "default", "user", Instant.EPOCH))
                .setRequestId(requestId)
                .setAwaitKey("r")
                .setRunId("r")
                .setStatus(ResponseStatus.SUCCESS)
                .setOutput("1")
                .build();
        bus.publish(Draft.of(Catalogue.TOOL_RESPONSE, "r", answer).to(0));
        pass(SOON);
    }

    private void start(String... steps) {
        runs.start(Start.of("r", "[" + String.join(", ", steps) + "]", "{}"));
        pass(SOON);
    }

    private void assertEnded() {
        assertThat(events).filteredOn(Event.Ended.class::isInstance).hasSize(1);
        assertThat(events.getLast()).isInstanceOfSatisfying(Event.Ended.class, ended -> {
            assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
            assertThat(ended.error()).extracting(RunError::code).isEqualTo("ENGINE_FAULT");
        });
        assertThat(events.toString())
                .as("callers read nothing of the engine's inside")
                .doesNotContain(INTERNAL)
                .doesNotContain("Exception");
    }

    @Test
    void shouldStopAndUndoARunThatCannotTakeAnAnswer() {
        start(BOOKED, "{\"id\": \"slow\", \"tool\": \"slow\"}", BROKEN.formatted("car"));

        answer("book");
        answer("cancel");

        assertThat(asked()).containsExactly("book", "slow", "cancel");
        assertThat(log(Catalogue.TOOL_CANCEL)).extracting(ToolCancel::getRunId).containsExactly("r");
        assertThat(events).filteredOn(Event.Undone.class::isInstance).containsExactly(new Event.Undone("car", null));
        assertEnded();
    }

    @Test
    void shouldUndoARunThatCannotTakeATimer() {
        start(BOOKED, "{\"id\": \"nap\", \"wait\": \"1m\"}", BROKEN.formatted("nap"));
        answer("book");

        pass(Duration.ofMinutes(2));
        answer("cancel");

        assertThat(asked()).containsExactly("book", "cancel");
        assertEnded();
    }

    @Test
    void shouldUndoWhatItCanIfWhatTheAnswerCompletesCannotBeUndone() {
        start(
                BOOKED,
                "{\"id\": \"hotel\", \"deps\": \"car\", \"tool\": \"hotel\", \"compensate\": {\"tool\": \"broken\"}}",
                BROKEN.formatted("hotel"));
        answer("book");

        answer("hotel");
        answer("cancel");

        assertThat(asked()).containsExactly("book", "hotel", "cancel");
        assertEnded();
    }

    @Test
    void shouldEndARunThatCannotEvenBeUndone() {
        start(BOOKED, "{\"id\": \"nap\", \"wait\": \"1m\"}", BROKEN.formatted("nap"));
        answer("book");
        failing.add("cancel");

        pass(Duration.ofMinutes(2));

        assertThat(asked()).containsExactly("book");
        assertThat(events).filteredOn(Event.Stopping.class::isInstance).isEmpty();
        assertEnded();
    }

    @Test
    void shouldRejectACommandAboutWhichItFailsAndGoOn() {
        start("{\"id\": \"go\", \"wait\": {\"signal\": \"go\"}}", BROKEN.formatted("go"));

        runs.signal("r", "go", null, "{}");
        pass(SOON);

        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        Event.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("ENGINE_FAULT"));
        failing.clear();
        runs.signal("r", "go", null, "{}");
        pass(SOON);
        assertThat(asked()).containsExactly("broken");
    }
}
