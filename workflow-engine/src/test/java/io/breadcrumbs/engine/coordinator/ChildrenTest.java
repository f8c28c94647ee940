package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plan;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.RunError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Child runs whose ids are, or are not, those of runs that somebody else has started. */
class ChildrenTest {

    private static final Wire WIRE = MemoryBus.wire();
    private static final Plans PLANS = new Plans(new CelConditions());
    private static final String FOREIGN = "[{\"id\": \"nap\", \"wait\": \"30s\"}]";

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final SimulatedStreams.Stored stored = new SimulatedStreams.Stored(Mutation.NONE);
    private final Map<String, List<String>> story = new TreeMap<>();
    private final Runs runs;
    private Function<String, Plan> plans = PLANS;
    private @Nullable MemoryProcess doomed;

    ChildrenTest() {
        MemoryBus bus = MemoryBus.in(cluster.process("user"), WIRE, scheduler);
        runs = new Runs(bus, "user", Runnable::run);
        bus.tail(
                TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                new JournalReader(_ -> true, new JournalReader.Listener() {
                    @Override
                    public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
                        batch.entries().forEach(entry -> note(batch.runId(), entry));
                    }
                }));
    }

    private void note(String runId, Entry entry) {
        String what = switch (entry.event()) {
            case Event.Started _ -> "started";
            case Event.Rejected rejected -> rejected.code();
            case Event.Failed failed -> "failed: " + failed.error().code();
            case Event.Ended ended -> {
                RunError error = ended.error();
                yield error == null ? "" + ended.status() : ended.status() + ": " + error.code();
            }
            case Event.Deleted _ -> "deleted";
            default -> "";
        };
        if (!what.isEmpty()) {
            story.computeIfAbsent(runId, _ -> new ArrayList<>()).add(what);
        }
    }

    private MemoryProcess engine(String name) {
        MemoryProcess process = cluster.process(name);
        Coordinators coordinators = new Coordinators(new Surroundings(
                MemoryBus.in(process, WIRE, scheduler),
                process,
                process::execute,
                (_, _) -> null,
                (_, _) -> null,
                List::of,
                plans,
                Keeping.of(10)));
        new SimulatedStreams(cluster, process, WIRE, stored, coordinators);
        return process;
    }

    /** Kills an engine as soon as a record like this stands in the log, and starts another one. */
    private void killAt(MemoryProcess engine, Predicate<Fetched> moment) {
        doomed = engine;
        cluster.watch(fetched -> {
            MemoryProcess victim = doomed;
            if (victim != null && moment.test(fetched)) {
                doomed = null;
                victim.kill();
                engine("heir");
            }
        });
    }

    private static boolean has(Fetched fetched, Predicate<Event> what) {
        byte[] value = fetched.record().value();
        if (value == null || !fetched.partition().topic().equals(Catalogue.WORKFLOW_EVENT.name())) {
            return false;
        }
        try {
            WorkflowEvent record = WIRE.decode(Catalogue.WORKFLOW_EVENT, value);
            return record.getRunId() != null
                    && Journal.batch(record).entries().stream().anyMatch(entry -> what.test(entry.event()));
        } catch (UndecodableException | io.breadcrumbs.sdk.journal.UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    private void pass(Duration time) {
        long until = scheduler.nowMicros() + time.toMillis() * 1_000;
        while (scheduler.step(until)) {
            // goes on
        }
        cluster.group(SimulatedStreams.GROUP).rejoin();
    }

    private void startForeign() {
        runs.start(Start.of("p.c.1", FOREIGN, "{}"));
        pass(Duration.ofSeconds(1));
    }

    /** @param more of its only step, which starts another run */
    private void startParent(String more) {
        String child = "{\"steps\": [{\"id\": \"nap\", \"wait\": \"2s\"}]}";
        String source = "{\"steps\": [{\"id\": \"c\", \"workflow\": " + child + more + "}]}";
        runs.start(Start.of("p", source, "{}"));
    }

    @Test
    void shouldTellTheParentThatItsChildsIdIsTaken() {
        engine("a");
        startForeign();

        startParent("");
        pass(Duration.ofSeconds(3));

        assertThat(story.get("p")).containsExactly("started", "failed: RUN_EXISTS", "FAILED: RUN_EXISTS");
        assertThat(story.get("p.c.1")).containsExactly("started", "RUN_EXISTS");
        pass(Duration.ofSeconds(40));
        assertThat(story.get("p.c.1")).containsExactly("started", "RUN_EXISTS", "COMPLETED");
    }

    @Test
    void shouldTakeAnotherIdForTheNextAttempt() {
        engine("a");
        startForeign();

        startParent(", \"retry\": {\"attempts\": 2, \"backoff\": \"100ms\"}");
        pass(Duration.ofSeconds(10));

        assertThat(story.get("p")).containsExactly("started", "COMPLETED");
        assertThat(story.get("p.c.2")).containsExactly("started", "COMPLETED");
    }

    @Test
    void shouldTellTheParentThoughTheEngineDiesBeforeItHasSentThat() {
        killAt(engine("a"), fetched -> has(fetched, event -> event instanceof Event.Rejected));
        startForeign();

        startParent("");
        pass(Duration.ofSeconds(20));
        pass(Duration.ofSeconds(20));

        assertThat(story.get("p")).containsExactly("started", "failed: RUN_EXISTS", "FAILED: RUN_EXISTS");
        assertThat(doomed).as("the engine was killed").isNull();
    }

    @Test
    void shouldKnowAChildsStartAgainThatANewOwnerHasSentOnceMore() {
        killAt(
                engine("a"),
                fetched -> fetched.partition().topic().equals(Catalogue.WORKFLOW_COMMAND.name())
                        && new String(
                                        java.util.Objects.requireNonNull(
                                                fetched.record().key()),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                .equals("p.c.1"));

        startParent("");
        pass(Duration.ofSeconds(20));
        pass(Duration.ofSeconds(20));

        assertThat(story.get("p")).containsExactly("started", "COMPLETED");
        assertThat(story.get("p.c.1")).containsExactly("started", "COMPLETED");
        assertThat(doomed).as("the engine was killed").isNull();
    }

    @Test
    void shouldTellTheParentThatTheEngineFailsToBeginItsChild() {
        plans = source -> {
            if (source.startsWith("{\"steps\":[{\"id\":\"nap\"")) {
                throw new IllegalStateException("a fault of the engine");
            }
            return PLANS.apply(source);
        };
        engine("a");

        startParent("");
        pass(Duration.ofSeconds(5));

        assertThat(story.get("p.c.1")).containsExactly("started", "FAILED: ENGINE_FAULT");
        assertThat(story.get("p")).containsExactly("started", "failed: ENGINE_FAULT", "FAILED: ENGINE_FAULT");
    }

    @Test
    void shouldEndTheChildWhenItsStepHasNoMoreTime() {
        engine("a");

        startParent(", \"timeout\": \"1s\"");
        pass(Duration.ofSeconds(10));

        assertThat(story.get("p.c.1")).containsExactly("started", "FAILED: RUN_TIMEOUT");
        assertThat(story.get("p")).hasSize(3).first().isEqualTo("started");
    }

    @Test
    void shouldNotDeleteSomebodyElsesRunWithTheParent() {
        engine("a");
        startForeign();
        startParent("");
        pass(Duration.ofSeconds(40));

        runs.delete("p");
        pass(Duration.ofSeconds(5));

        assertThat(story.get("p")).endsWith("deleted");
        assertThat(story.get("p.c.1")).containsExactly("started", "RUN_EXISTS", "COMPLETED", "NOT_ITS_CHILD");
    }
}
