package io.breadcrumbs.api.runs.view;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.journal.Entry;
import io.breadcrumbs.sdk.journal.Journal;
import io.breadcrumbs.sdk.log.Position;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log of two partitions, in which a test decides as an engine would, and the bus of a door. */
final class Chronicle {

    static final Event STARTED = new Event.Started(
            "[{\"id\": \"a\", \"tool\": \"echo\"}]",
            Value.of("{}"),
            new Event.Origin("sum", "me", null, 0),
            null,
            List.of());
    static final Event ENDED = new Event.Ended(RunStatus.COMPLETED, Value.of("1"), null);
    static final Event IGNORED = new Event.Ignored("late");

    private final SeededScheduler scheduler = new SeededScheduler(7);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    final MemoryBus engine = MemoryBus.in(cluster.process("engine"), wire, scheduler);
    final MemoryProcess process = cluster.process("api");
    final MemoryBus bus = MemoryBus.in(process, wire, scheduler);
    private final long[] epochs = new long[2];

    Chronicle() {
        pass();
        takeOver("engine-1");
    }

    void pass() {
        scheduler.run(Duration.ofMillis(500));
    }

    void takeOver(String instance) {
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

    int partition(String run) {
        return engine.partition(Catalogue.WORKFLOW_EVENT, run);
    }

    long epoch(String run) {
        return epochs[partition(run)];
    }

    void decided(String run, String instance, int sequence, Event... events) {
        decided(run, instance, epoch(run), sequence, events);
    }

    void decided(String run, String instance, long epoch, int sequence, Event... events) {
        List<Entry> entries = Arrays.stream(events)
                .map(event -> new Entry(event, 1_000 + sequence, null))
                .toList();
        Journal.Batch batch = new Journal.Batch(run, "default", epoch, sequence, "input" + sequence, -1, 0, entries);
        published(Draft.of(Catalogue.WORKFLOW_EVENT, batch.key(), Journal.record(batch, instance, Instant.EPOCH))
                .to(partition(run)));
    }
}
