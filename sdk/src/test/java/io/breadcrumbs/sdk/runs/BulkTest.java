package io.breadcrumbs.sdk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.run.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkTest {

    private static final List<String> RUNS =
            IntStream.range(0, 10).mapToObj(i -> "run-" + i).toList();

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final MemoryProcess process = cluster.process("me");
    private final Bus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
    private final Runs runs = new Runs(bus, "ada", Runnable::run);
    private final List<Bulk.Outcome> outcomes = new ArrayList<>();

    /** An engine that refuses every third command, and forgets one. */
    private void decide() {
        bus.publish(Draft.of(Catalogue.WORKFLOW_EVENT, "t", Journal.takeover("t", bus.instance(), Instant.EPOCH))
                .to(0));
        bus.tail(TailFrom.beginning(Catalogue.WORKFLOW_COMMAND), (breadcrumb, position, _) -> {
            WorkflowCommand command = breadcrumb.body();
            Event event =
                    position.offset() % 3 == 0 ? new Event.Rejected("OVER", "it is over") : new Event.Paused("ada");
            if (position.offset() != 4) {
                Journal.Batch batch = new Journal.Batch(
                        command.getRunId(),
                        "default",
                        0,
                        0,
                        "command/" + command.getCommandId(),
                        -1,
                        0,
                        List.of(new Entry(event, 0, null)));
                WorkflowEvent record = Journal.record(batch, bus.instance(), Instant.EPOCH);
                bus.publish(
                        Draft.of(Catalogue.WORKFLOW_EVENT, batch.key(), record).to(0));
            }
        });
    }

    @Test
    void shouldTellWhatWasDecidedAboutEach() {
        // Given
        decide();

        // When
        CompletableFuture<Void> done = new Bulk(bus, process, 100, outcomes::add).ask(RUNS, runs::pause);
        while (scheduler.step(60_000_000)) {
            // goes on
        }

        // Then
        assertThat(done).isCompleted();
        assertThat(outcomes).hasSize(RUNS.size());
        assertThat(outcomes)
                .filteredOn(Bulk.Outcome.Refused.class::isInstance)
                .containsExactlyInAnyOrder(
                        new Bulk.Outcome.Refused("run-0", "OVER", "it is over"),
                        new Bulk.Outcome.Refused("run-3", "OVER", "it is over"),
                        new Bulk.Outcome.Refused("run-6", "OVER", "it is over"),
                        new Bulk.Outcome.Refused("run-9", "OVER", "it is over"));
        assertThat(outcomes)
                .filteredOn(Bulk.Outcome.Open.class::isInstance)
                .containsExactly(new Bulk.Outcome.Open("run-4", "nobody has decided about it within 30 s"));
    }

    @Test
    void shouldAskNoMoreThanSoManyASecond() {
        // Given
        List<Long> asked = new ArrayList<>();

        // When
        new Bulk(bus, process, 2, outcomes::add).ask(RUNS, runId -> {
            asked.add(scheduler.nowMicros());
            return runs.pause(runId);
        });
        while (scheduler.step(60_000_000)) {
            // goes on
        }

        // Then
        assertThat(asked).hasSize(RUNS.size());
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isGreaterThanOrEqualTo(500_000);
        }
    }

    @Test
    void shouldBeDoneAtOnceWithNothing() {
        assertThat(new Bulk(bus, process, 2, outcomes::add).ask(List.of(), runs::pause))
                .isCompleted();
    }
}
