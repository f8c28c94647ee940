package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.Trigger;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** Runners of which only the triggers are there. The clock begins at midnight, and stands unless it is let run. */
abstract class TriggerScene {

    private static final int PARTITIONS = 2;

    final SeededScheduler scheduler = new SeededScheduler(1);
    final MemoryCluster cluster = new MemoryCluster(scheduler, PARTITIONS, Faults.NONE);
    final Wire wire = MemoryBus.wire();
    final Instant midnight = scheduler.now();
    private int runners;

    int runners() {
        return runners;
    }

    record Node(MemoryProcess process, MemoryBus bus, Triggers triggers) {}

    Node runner() {
        MemoryProcess process = cluster.process("runner" + runners++);
        MemoryBus bus = MemoryBus.in(process, wire, scheduler);
        Toolbox toolbox = new Toolbox(Set.of("default"), List.of(), process::execute);
        Tail catalogue = bus.tail(TailFrom.beginning(Catalogue.TOOL), toolbox);
        Triggers triggers = new Triggers(bus, process, process::execute, toolbox);
        catalogue.caughtUp().thenRun(() -> triggers.start(Set.of("default")));
        return new Node(process, bus, triggers);
    }

    @AfterEach
    void checkRecords() {
        cluster.checkRecords();
    }

    void define(Node by, Trigger... triggers) {
        define(by, "sweep", triggers);
    }

    void define(Node by, String name, Trigger... triggers) {
        ToolDefinition tool = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name, "default", "test", scheduler.now()))
                .setName(name)
                .setTriggers(List.of(triggers))
                .build();
        by.bus().publish(Catalogue.TOOL, Toolbox.key(name, "1"), tool);
    }

    void runUntil(String time) {
        Instant until = midnight.plus(Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(time)));
        scheduler.run(Duration.between(scheduler.now(), until));
    }

    List<String> ids() {
        return requests().stream().map(ToolRequest::getRequestId).toList();
    }

    List<ToolRequest> requests() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(p -> cluster.records(new Partition(Catalogue.TOOL_REQUEST.name(), p)))
                .flatMap(List::stream)
                .map(this::decode)
                .toList();
    }

    private ToolRequest decode(Fetched fetched) {
        try {
            return wire.decode(
                    Catalogue.TOOL_REQUEST,
                    Objects.requireNonNull(fetched.record().value()));
        } catch (UndecodableException e) {
            throw new IllegalStateException(fetched.position().toString(), e);
        }
    }
}
