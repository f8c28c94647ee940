package io.breadcrumbs.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.journal.JournalReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.StoredWorkflows;
import io.breadcrumbs.sdk.schedule.Schedule;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.Plans;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Engines over a log in memory, on a clock that skips time, with one schedule that ticks each minute. */
class SchedulesTest {

    private static final Wire WIRE = MemoryBus.wire();
    private static final Plans PLANS = new Plans(new CelConditions());

    private final SeededScheduler scheduler = new SeededScheduler(3);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final SimulatedStreams.Stored stored = new SimulatedStreams.Stored(Mutation.NONE);
    private final List<Schedule> schedules = new ArrayList<>();
    /** What became of each tick, by its run. */
    private final Map<String, List<String>> story = new TreeMap<>();

    /** The run of each tick. */
    private final Map<String, String> runs = new TreeMap<>();

    private final Instant began;
    private Keeping keeping = Keeping.of(10);
    private String work = "[{\"id\": \"nap\", \"wait\": \"10s\"}]";

    SchedulesTest() {
        MemoryProcess reader = cluster.process("reader");
        began = reader.now();
        MemoryBus.in(reader, WIRE, scheduler)
                .tail(
                        TailFrom.beginning(Catalogue.WORKFLOW_EVENT),
                        new JournalReader(_ -> true, new JournalReader.Listener() {
                            @Override
                            public void decided(Journal.Batch batch, WorkflowEvent record, Position position) {
                                batch.entries().forEach(entry -> note(batch.runId(), entry));
                            }
                        }));
    }

    private void note(String runId, Entry entry) {
        String time = runId.substring(runId.indexOf('T') + 1, runId.indexOf('Z'));
        String what = switch (entry.event()) {
            case Event.Started _ -> "started";
            case Event.Rejected rejected -> rejected.code();
            case Event.Ended ended -> ended.status() == RunStatus.COMPLETED ? "completed" : "" + ended.status();
            case Event.Deleted _ -> "deleted";
            default -> "";
        };
        runs.put(time, runId);
        if (!what.isEmpty()) {
            story.computeIfAbsent(time, _ -> new ArrayList<>()).add(what);
        }
    }

    private MemoryProcess engine(String name) {
        MemoryProcess process = cluster.process(name);
        Coordinators coordinators = new Coordinators(new Surroundings(
                MemoryBus.in(process, WIRE, scheduler),
                process,
                process::execute,
                (_, _) -> null,
                (_, workflow) -> new StoredWorkflows.Stored(workflow, 1, work, null, 0),
                () -> List.copyOf(schedules),
                PLANS,
                keeping));
        new SimulatedStreams(cluster, process, WIRE, stored, coordinators);
        return process;
    }

    private void schedule(String overlap, String catchUp, Duration ago) {
        JsonObject context = JsonObject.builder()
                .put("cron", "* * * * *")
                .put("workflow", "work")
                .put("overlap", overlap)
                .put("catchUp", catchUp)
                .put("window", "5m")
                .build();
        schedules.add(Schedule.of("default", "minutely", context, began.minus(ago)));
    }

    private void pass(Duration time) {
        long until = scheduler.nowMicros() + time.toMillis() * 1_000;
        while (scheduler.step(until)) {
            // goes on
        }
        cluster.group(SimulatedStreams.GROUP).rejoin();
    }

    @Test
    void shouldStartARunAtEachTickOnceHoweverManyEnginesThereAre() {
        engine("a");
        engine("b");
        schedule("skip", "none", Duration.ZERO);

        pass(Duration.ofSeconds(200));

        assertThat(story)
                .containsExactly(
                        Map.entry("00:01:00", List.of("started", "completed")),
                        Map.entry("00:02:00", List.of("started", "completed")),
                        Map.entry("00:03:00", List.of("started", "completed")));
    }

    @Test
    void shouldLeaveOutATickWhileTheRunBeforeIsNotOver() {
        work = "[{\"id\": \"nap\", \"wait\": \"90s\"}]";
        engine("a");
        schedule("skip", "none", Duration.ZERO);

        pass(Duration.ofSeconds(280));

        assertThat(story)
                .containsExactly(
                        Map.entry("00:01:00", List.of("started", "completed")),
                        Map.entry("00:02:00", List.of("OVERLAP")),
                        Map.entry("00:03:00", List.of("started", "completed")),
                        Map.entry("00:04:00", List.of("OVERLAP")));
    }

    @Test
    void shouldBuryWhatWasOnlyRejectedLikeRunsThatAreOver() {
        work = "[{\"id\": \"nap\", \"wait\": \"90s\"}]";
        keeping = keeping.ended(Duration.ofSeconds(20));
        engine("a");
        schedule("skip", "none", Duration.ZERO);

        pass(Duration.ofSeconds(179));

        assertThat(story)
                .containsExactly(
                        Map.entry("00:01:00", List.of("started", "completed", "deleted")),
                        Map.entry("00:02:00", List.of("OVERLAP", "deleted")));
        String skipped = runs.getOrDefault("00:02:00", "");
        List<Memory> memories = List.of(new Memory(stored.rows(0), WIRE), new Memory(stored.rows(1), WIRE));
        assertThat(memories).allMatch(memory -> memory.head(skipped) == null);
        assertThat(memories).as("nobody starts it again").anyMatch(memory -> memory.deleted(skipped));
    }

    @Test
    void shouldLetATickWaitForTheRunBefore() {
        work = "[{\"id\": \"nap\", \"wait\": \"90s\"}]";
        engine("a");
        schedule("queue", "none", Duration.ZERO);

        pass(Duration.ofSeconds(245));

        assertThat(story)
                .containsExactly(
                        Map.entry("00:01:00", List.of("started", "completed")),
                        Map.entry("00:02:00", List.of("started", "completed")),
                        Map.entry("00:03:00", List.of("started")));
    }

    @Test
    void shouldCancelTheRunBeforeForTheNextTick() {
        work = "[{\"id\": \"nap\", \"wait\": \"90s\"}]";
        engine("a");
        schedule("cancel", "none", Duration.ZERO);

        pass(Duration.ofSeconds(200));

        assertThat(story)
                .containsExactly(
                        Map.entry("00:01:00", List.of("started", "CANCELLED")),
                        Map.entry("00:02:00", List.of("started", "CANCELLED")),
                        Map.entry("00:03:00", List.of("started")));
    }

    @Test
    void shouldBeginBesideTheRunBefore() {
        work = "[{\"id\": \"nap\", \"wait\": \"90s\"}]";
        engine("a");
        schedule("allow", "none", Duration.ZERO);

        pass(Duration.ofSeconds(130));

        assertThat(story)
                .containsExactly(Map.entry("00:01:00", List.of("started")), Map.entry("00:02:00", List.of("started")));
    }

    @Test
    void shouldLeaveOutWhatNobodyWasThereFor() {
        schedule("allow", "none", Duration.ofMinutes(30));
        engine("a");

        pass(Duration.ofSeconds(20));

        assertThat(story).containsOnlyKeys("00:00:00");
    }

    @Test
    void shouldCatchUpWithTheLastTickOnly() {
        schedule("allow", "last", Duration.ofMinutes(30));
        pass(Duration.ofSeconds(150));
        engine("a");

        pass(Duration.ofSeconds(20));

        assertThat(story).containsOnlyKeys("00:02:00");
    }

    @Test
    void shouldCatchUpWithAllTicksOfTheWindow() {
        schedule("queue", "all", Duration.ofMinutes(2).plusSeconds(30));
        pass(Duration.ofSeconds(70));
        engine("a");

        pass(Duration.ofSeconds(45));

        assertThat(story).containsOnlyKeys("00:00:00", "00:01:00", "23:58:00", "23:59:00");
        assertThat(story.values()).allMatch(what -> what.equals(List.of("started", "completed")));
    }

    @Test
    void shouldGoOnWhereADeadOwnerStopped() {
        schedule("queue", "all", Duration.ZERO);
        MemoryProcess first = engine("a");
        pass(Duration.ofSeconds(60)); // the tick is due, and perhaps asked for
        first.kill();
        pass(Duration.ofSeconds(200));
        engine("b");

        pass(Duration.ofSeconds(55));

        assertThat(story).containsOnlyKeys("00:01:00", "00:02:00", "00:03:00", "00:04:00", "00:05:00");
        assertThat(story.values()).allMatch(what -> what.getFirst().equals("started"));
        assertThat(story.values()).allMatch(what -> what.stream().distinct().count() == what.size());
    }
}
