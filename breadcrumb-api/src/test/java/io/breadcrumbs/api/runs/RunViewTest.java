package io.breadcrumbs.api.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.runs.Runs;
import io.breadcrumbs.sdk.runs.Start;
import io.breadcrumbs.sdk.runs.state.Summary;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.json.Value;
import io.breadcrumbs.sdk.workflow.run.Event;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunViewTest {

    private static final RunFilter ALL = new RunFilter(Set.of(), null, null, null, Long.MIN_VALUE, Long.MAX_VALUE);
    private static final Event STARTED = new Event.Started(
            "[{\"id\": \"a\", \"tool\": \"echo\"}]",
            Value.of("{}"),
            new Event.Origin("sum", "me", null, 0),
            null,
            List.of());
    private static final Event ENDED = new Event.Ended(RunStatus.COMPLETED, Value.of("1"), null);
    private static final Event IGNORED = new Event.Ignored("late");

    private final SeededScheduler scheduler = new SeededScheduler(7);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    private final MemoryBus engine = MemoryBus.in(cluster.process("engine"), wire, scheduler);
    private final MemoryProcess process = cluster.process("api");
    private final MemoryBus bus = MemoryBus.in(process, wire, scheduler);
    private final long[] epochs = new long[2];
    private RunView view = new RunView(bus);

    @BeforeEach
    void takeOver() {
        pass();
        takeOver("engine-1");
    }

    private void pass() {
        scheduler.run(Duration.ofMillis(500));
    }

    private void takeOver(String instance) {
        for (int i = 0; i < epochs.length; i++) {
            epochs[i] = published(Draft.of(
                                    Catalogue.WORKFLOW_EVENT,
                                    instance + i,
                                    Journal.takeover(instance + i, instance, Instant.EPOCH))
                            .to(i))
                    .offset();
        }
    }

    private Position published(Draft<?> draft) {
        CompletableFuture<Position> position = engine.publish(draft);
        pass();
        return position.join();
    }

    private void decided(String run, String instance, int sequence, Event... events) {
        int partition = engine.partition(Catalogue.WORKFLOW_EVENT, run);
        decided(run, instance, epochs[partition], sequence, events);
    }

    private void decided(String run, String instance, long epoch, int sequence, Event... events) {
        List<Entry> entries = Arrays.stream(events)
                .map(event -> new Entry(event, 1_000 + sequence, null))
                .toList();
        Journal.Batch batch = new Journal.Batch(run, "default", epoch, sequence, "input" + sequence, -1, 0, entries);
        published(Draft.of(Catalogue.WORKFLOW_EVENT, batch.key(), Journal.record(batch, instance, Instant.EPOCH))
                .to(engine.partition(Catalogue.WORKFLOW_EVENT, run)));
    }

    private RunLine line(String run) {
        return Objects.requireNonNull(view.find(run));
    }

    private String status(String run) {
        return line(run).summary().status();
    }

    private List<Journal.Batch> decisions(String run, long from, int atMost) {
        CompletableFuture<List<Journal.Batch>> all = view.decisions(line(run), from, atMost);
        pass();
        return all.join();
    }

    @Test
    void shouldKnowARunBeforeAnybodyHasDecidedAboutIt() {
        CompletableFuture<?> asked = new Runs(bus, "me").start(Start.of("r", "[]", "{}"));
        pass();

        assertThat(asked).isCompleted();
        assertThat(status("r")).isEqualTo(Summary.ACCEPTED);

        decided("r", "engine-1", 0, STARTED);
        assertThat(status("r")).isEqualTo("running");
        assertThat(line("r").summary().name()).isEqualTo("sum");

        decided("r", "engine-1", 1, ENDED);
        assertThat(status("r")).isEqualTo("completed");
        assertThat(line("r").over()).isTrue();
    }

    @Test
    void shouldSayThatAStartWasRejected() {
        new Runs(bus, "me").start(Start.of("r", "[]", "{}"));
        decided("r", "engine-1", 0, new Event.Rejected("NO_STEPS", "it has none"));

        assertThat(status("r")).isEqualTo(Summary.REJECTED);
        assertThat(line("r").over()).isTrue();
        assertThat(line("r").rejected()).isEqualTo(new Event.Rejected("NO_STEPS", "it has none"));
    }

    @Test
    void shouldTakeNothingOfAnOwnerThatWasDeposed() {
        decided("r", "engine-1", 0, STARTED);
        long before = epochs[engine.partition(Catalogue.WORKFLOW_EVENT, "r")];
        takeOver("engine-2");
        decided("r", "engine-1", before, 1, ENDED);

        assertThat(status("r")).isEqualTo("running");

        decided("r", "engine-2", 1, ENDED);
        assertThat(status("r")).isEqualTo("completed");
    }

    @Test
    void shouldTakeADecisionOnce() {
        decided("r", "engine-1", 0, STARTED);
        decided("r", "engine-1", 1, IGNORED, IGNORED);
        decided("r", "engine-1", 1, IGNORED, IGNORED);
        decided("r", "engine-1", 3, ENDED);

        assertThat(line("r").events()).isEqualTo(4);
        assertThat(status("r")).isEqualTo("completed");
    }

    @Test
    void shouldGiveDecisionsFromAnyEventOn() {
        decided("r", "engine-1", 0, STARTED);
        decided("r", "engine-1", 1, IGNORED, IGNORED);
        decided("r", "engine-1", 3, IGNORED);

        assertThat(decisions("r", 0, 10)).extracting(Journal.Batch::sequence).containsExactly(0L, 1L, 3L);
        assertThat(decisions("r", 2, 10)).extracting(Journal.Batch::sequence).containsExactly(1L, 3L);
        assertThat(decisions("r", 3, 10)).extracting(Journal.Batch::sequence).containsExactly(3L);
        assertThat(decisions("r", 4, 10)).isEmpty();
        assertThat(decisions("r", 0, 2)).extracting(Journal.Batch::sequence).containsExactly(0L, 1L);
    }

    @Test
    void shouldReadFromTheLogWhatItDoesNotKeep() {
        view.close();
        view = new RunView(bus, 1);
        decided("r", "engine-1", 0, STARTED);
        decided("r", "engine-1", 1, IGNORED);
        decided("other", "engine-1", 0, STARTED);

        assertThat(decisions("r", 0, 10)).extracting(Journal.Batch::sequence).containsExactly(0L, 1L);
    }

    @Test
    void shouldComeToTheSameWhenItBeginsAnew() {
        decided("r", "engine-1", 0, STARTED);
        decided("r", "engine-1", 1, ENDED);
        new Runs(bus, "me").start(Start.of("open", "[]", "{}"));
        pass();
        view.close();

        view = new RunView(bus);
        pass();

        assertThat(view.missing()).isNull();
        assertThat(status("r")).isEqualTo("completed");
        assertThat(status("open")).isEqualTo(Summary.ACCEPTED);
    }

    @Test
    void shouldListTheNewestFirstPageByPage() {
        for (int i = 0; i < 7; i++) {
            decided("r" + i, "engine-1", 0, STARTED);
        }
        List<String> seen = new ArrayList<>();
        RunLine.Order behind = null;
        List<RunLine> page = view.page("default", ALL, behind, 3);
        while (!page.isEmpty()) {
            page.forEach(line -> seen.add(line.runId()));
            behind = page.getLast().order();
            page = view.page("default", ALL, behind, 3);
        }

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThat(view.page("other", ALL, null, 3)).isEmpty();
    }

    @Test
    void shouldTellWatchersOfEachDecisionUntilTheyLeave() {
        decided("r", "engine-1", 0, STARTED);
        List<Long> seen = new ArrayList<>();
        Runnable leave = line("r").watch(() -> seen.add(line("r").events()));

        decided("r", "engine-1", 1, IGNORED);
        decided("other", "engine-1", 0, STARTED);
        decided("r", "engine-1", 2, IGNORED);
        leave.run();
        decided("r", "engine-1", 3, ENDED);

        assertThat(seen).containsExactly(2L, 3L);
        assertThat(line("r").watchers()).isEmpty();
    }

    @Test
    void shouldCountRunsByStatus() {
        IntStream.range(0, 3).forEach(i -> decided("r" + i, "engine-1", 0, STARTED));
        decided("r0", "engine-1", 1, ENDED);

        assertThat(view.count("running")).isEqualTo(2);
        assertThat(view.count("completed")).isEqualTo(1);
    }
}
