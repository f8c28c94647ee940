package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.schemas.ResponseStatus;
import io.breadcrumbs.schemas.RunEvent;
import io.breadcrumbs.schemas.RunEventType;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an engine finds when it takes over a partition: newer events, events that it cannot read, answers. */
class TakeoverTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String WAITS = "[{\"id\": \"w\", \"wait\": {\"signal\": \"go\"}}]";

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final SimulatedStreams.Stored stored = new SimulatedStreams.Stored(Mutation.NONE);
    private final Map<String, Class<?>> lastEvents = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private final MemoryBus bus = MemoryBus.in(cluster.process("user"), EngineSimulation.WIRE, scheduler);
    private final Runs runs = new Runs(bus, "user", Runnable::run);

    private record Engine(MemoryProcess process, MemoryBus bus, SimulatedStreams streams) {

        boolean acts() {
            Coordinator coordinator = streams.coordinator(0);
            return coordinator != null && coordinator.acts();
        }

        int standing() {
            return Objects.requireNonNull(streams.coordinator(0)).standing();
        }
    }

    TakeoverTest() {
        bus.tail(
                TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                new JournalReader(_ -> true, new JournalReader.Listener() {
                    @Override
                    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
                        batch.entries()
                                .forEach(entry -> lastEvents.put(
                                        batch.runId(), entry.event().getClass()));
                    }

                    @Override
                    public void unreadable(String runId, String why) {
                        unreadable.add(runId);
                    }
                }));
    }

    private Engine engine(String name) {
        MemoryProcess process = cluster.process(name);
        MemoryBus its = MemoryBus.in(process, EngineSimulation.WIRE, scheduler);
        Coordinators coordinators = new Coordinators(new Surroundings(
                its,
                process,
                process::execute,
                (_, _) -> new Facts.Tool("1", "default", true),
                (_, _) -> null,
                List::of,
                EngineSimulation.PLANS,
                Keeping.of(10)));
        return new Engine(
                process, its, new SimulatedStreams(cluster, process, EngineSimulation.WIRE, stored, coordinators));
    }

    private void pass(Duration time) {
        long until = scheduler.nowMicros() + time.toMillis() * 1_000;
        while (scheduler.step(until)) {
            // goes on
        }
        cluster.group(SimulatedStreams.GROUP).rejoin();
    }

    private void takeOver(String instance, int version) {
        WorkflowEvent takeover = WorkflowEvent.newBuilder(
                        Journal.takeover("takeover/" + instance, instance, Instant.EPOCH))
                .setEventVersion(version)
                .build();
        bus.publish(Draft.of(Catalogue.WORKFLOW_EVENT, "takeover/" + instance, takeover)
                .to(0));
        pass(SOON);
    }

    private <V extends SpecificRecord> List<V> log(Topic<V> topic) {
        return cluster.records(new Partition(topic.name(), 0)).stream()
                .map(fetched -> decode(topic, fetched))
                .toList();
    }

    private static <V extends SpecificRecord> V decode(Topic<V> topic, Fetched fetched) {
        try {
            return EngineSimulation.WIRE.decode(
                    topic, Objects.requireNonNull(fetched.record().value()));
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    /** Who has taken over, in the log's order. */
    private List<String> owners() {
        return log(Catalogue.WORKFLOW_EVENT).stream()
                .filter(record -> record.getKind() == WorkflowEventKind.TAKEOVER)
                .map(WorkflowEvent::getInstance)
                .toList();
    }

    // ------------------------------------------------------------------ versions

    @Test
    void shouldTakeOverAgainFromAnEngineOfItsVersion() {
        Engine engine = engine("a");
        pass(SOON);

        takeOver("other", Journal.VERSION);

        assertThat(owners()).containsExactly("a", "other", "a");
        assertThat(engine.acts()).isTrue();
    }

    @Test
    void shouldLeaveAPartitionToANewerEngineThatHasTakenItOver() {
        Engine engine = engine("a");
        pass(SOON);
        runs.start(Start.of("before", WAITS, "{}"));
        pass(SOON);

        takeOver("newer", Journal.VERSION + 1);
        runs.start(Start.of("after", WAITS, "{}"));
        pass(SOON);

        assertThat(engine.acts()).isFalse();
        assertThat(owners()).containsExactly("a", "newer");
        assertThat(lastEvents).containsOnlyKeys("before");
    }

    @Test
    void shouldNotTakeOverAPartitionThatANewerEngineHad() {
        Engine former = engine("a");
        pass(SOON);
        takeOver("newer", Journal.VERSION + 1);
        former.process().kill();

        Engine engine = engine("b");
        pass(SOON);
        pass(SOON);

        assertThat(engine.streams().coordinator(0))
                .as("it was given the partition")
                .isNotNull();
        assertThat(engine.acts()).isFalse();
        assertThat(owners()).containsExactly("a", "newer");
    }

    /** Its memory lags behind the log: it learns of the newer engine when its own takeover stands there. */
    @Test
    void shouldDecideNothingWhenItReadsTooLateOfANewerEngine() {
        takeOver("newer", Journal.VERSION + 1);

        Engine engine = engine("b");
        runs.start(Start.of("after", WAITS, "{}"));
        pass(SOON);
        pass(SOON);

        assertThat(engine.acts()).isFalse();
        assertThat(owners()).containsExactly("newer", "b");
        assertThat(lastEvents).isEmpty();
    }

    // ------------------------------------------------------------------ what cannot be read

    @Test
    void shouldLetARunStandOfWhichItCannotReadSomethingAndGoOnWithTheOthers() {
        Engine engine = engine("a");
        pass(SOON);
        runs.start(Start.of("bad", WAITS, "{}"));
        runs.start(Start.of("good", WAITS, "{}"));
        pass(SOON);

        appendWhatCannotBeRead("bad");
        pass(SOON);
        runs.signal("bad", "go", null, "{}");
        runs.signal("good", "go", null, "{}");
        pass(SOON);

        assertThat(unreadable).as("it counts").containsExactly("bad");
        assertThat(lastEvents).containsEntry("good", Event.Ended.class).containsEntry("bad", Event.Waits.class);
        assertThat(engine.acts()).isTrue();
        assertThat(engine.standing()).isOne();
    }

    /** An event of an unknown type, from the owner and exactly where the run stands. */
    private void appendWhatCannotBeRead(String runId) {
        List<WorkflowEvent> journal = log(Catalogue.WORKFLOW_EVENT);
        WorkflowEvent last = journal.stream()
                .filter(record -> runId.equals(record.getRunId()))
                .toList()
                .getLast();
        String key = runId + "/unreadable";
        WorkflowEvent record = WorkflowEvent.newBuilder(last)
                .setMeta(Metas.of(Catalogue.WORKFLOW_EVENT, key, "default", last.getInstance(), Instant.EPOCH))
                .setSequence(last.getSequence() + last.getEvents().size())
                .setInputId("answer/unreadable")
                .setEvents(List.of(
                        RunEvent.newBuilder().setType(RunEventType.UNKNOWN).build()))
                .build();
        bus.publish(Draft.of(Catalogue.WORKFLOW_EVENT, key, record).to(0));
    }

    // ------------------------------------------------------------------ answers

    @Test
    void shouldAskNobodyAgainWhoseAnswerStandsInTheLog() {
        Engine former = engine("a");
        cluster.watch(_ -> {
            if (!log(Catalogue.TOOL_REQUEST).isEmpty()
                    && !log(Catalogue.WORKFLOW_EVENT).isEmpty()
                    && log(Catalogue.WORKFLOW_EVENT).getLast().getKind() == WorkflowEventKind.BATCH) {
                former.process().kill();
            }
        });
        pass(SOON);
        runs.start(Start.of("r", "[{\"id\": \"s\", \"tool\": \"pure\"}]", "{}"));
        pass(SOON);
        ToolRequest request = log(Catalogue.TOOL_REQUEST).getFirst();
        for (int i = 0; i < 300; i++) {
            answer("others/" + i, null);
        }
        answer(request.getRequestId(), "r");
        pass(SOON);

        engine("b");
        pass(SOON);
        pass(SOON);

        assertThat(owners()).containsExactly("a", "b");
        assertThat(lastEvents).containsEntry("r", Event.Ended.class);
        assertThat(log(Catalogue.TOOL_REQUEST)).as("the request, once").containsExactly(request);
    }

    /** @param runId that waits for it; null: none does */
    private void answer(String requestId, @Nullable String runId) {
        ToolResponse answer = ToolResponse.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL_RESPONSE, requestId, "default", "user", Instant.EPOCH))
                .setRequestId(requestId)
                .setAwaitKey(runId)
                .setRunId(runId)
                .setStatus(ResponseStatus.SUCCESS)
                .setOutput("1")
                .build();
        bus.publish(Draft.of(Catalogue.TOOL_RESPONSE, runId == null ? requestId : runId, answer)
                .to(0));
    }
}
