package io.breadcrumbs.api.owner;

import static io.breadcrumbs.api.decide.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Owners that are killed, paused and come back, over a log that loses and repeats: whatever happens, all that was
 * published is answered, each command is followed once at most, and versions have no gap and no twin.
 */
class OwnershipSimulationTest {

    private static final int PARTITIONS = 2;
    private static final int COMMANDS = 150;
    private static final Faults FAULTS = new Faults(0.03, 0.03, 0.02, 0.05, 0.1, 0.1, 30_000);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("simulation.seeds", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDecideEachCommandOnce(long seed) {
        SeededScheduler scheduler = new SeededScheduler(seed);
        Random random = scheduler.random();
        MemoryCluster cluster = new MemoryCluster(scheduler, PARTITIONS, FAULTS);
        Wire wire = MemoryBus.wire();
        MemoryBus client = MemoryBus.in(cluster.process("client"), wire, scheduler);
        List<MemoryProcess> owners = new ArrayList<>();
        begin(cluster, wire, owners);
        begin(cluster, wire, owners);
        Set<String> durable = new HashSet<>();

        for (int i = 0; i < COMMANDS; i++) {
            BreadcrumbCommand command = any(random, i);
            client.publish(Catalogue.BREADCRUMB_COMMAND, command.getBreadcrumbId(), command)
                    .thenAccept(_ -> durable.add(command.getCommandId()));
            scheduler.run(Duration.ofMillis(random.nextInt(60)));
            disturb(random, cluster, wire, owners);
        }
        cluster.behave(Faults.NONE);
        owners.stream().filter(MemoryProcess::alive).forEach(MemoryProcess::resume);
        cluster.group(Ownership.GROUP).rejoin();
        scheduler.run(Duration.ofSeconds(60));

        check(new Trail(cluster, wire, PARTITIONS), durable);
    }

    private static void begin(MemoryCluster cluster, Wire wire, List<MemoryProcess> owners) {
        MemoryProcess process = cluster.process("owner-" + owners.size());
        owners.add(process);
        new Ownership(MemoryBus.in(process, wire, cluster.scheduler()), process, process::execute);
    }

    private static void disturb(Random random, MemoryCluster cluster, Wire wire, List<MemoryProcess> owners) {
        MemoryProcess one = owners.get(random.nextInt(owners.size()));
        switch (random.nextInt(40)) {
            case 0 -> {
                one.kill();
                begin(cluster, wire, owners);
            }
            case 1, 2 -> one.pause();
            case 3, 4, 5 -> {
                if (one.alive()) {
                    one.resume();
                    cluster.group(Ownership.GROUP).rejoin();
                }
            }
            default -> {} // nothing happens
        }
    }

    /** Some ids and versions, so that commands meet; now and then the same again. */
    private static BreadcrumbCommand any(Random random, int number) {
        String id = "b-" + random.nextInt(6);
        int number2 = random.nextInt(10) == 0 ? random.nextInt(number + 1) : number;
        BreadcrumbCommandKind kind = switch (random.nextInt(8)) {
            case 0, 1 -> BreadcrumbCommandKind.CREATE;
            case 2 -> BreadcrumbCommandKind.DELETE;
            case 3 -> BreadcrumbCommandKind.TAG;
            default -> BreadcrumbCommandKind.PATCH;
        };
        BreadcrumbCommand.Builder command = command(kind, id, "c-" + id + "-" + number2)
                .setSchemaName("note.v1")
                .setContext("{\"n\":" + number + "}");
        if (kind == BreadcrumbCommandKind.PATCH && random.nextBoolean()) {
            command.setBaseVersion(1 + random.nextInt(4));
        }
        return command.build();
    }

    private static void check(Trail trail, Set<String> durable) {
        Set<String> answered = new HashSet<>();
        Map<String, Integer> versions = new HashMap<>();
        Map<String, String> contexts = new HashMap<>();
        for (BreadcrumbEvent event : trail.events()) {
            String id = event.getBreadcrumbId();
            boolean first = answered.add(event.getCommandId());
            assertThat(first || event.getKind() == BreadcrumbEventKind.REPEATED)
                    .as("only the first answer to %s decides", event.getCommandId())
                    .isTrue();
            switch (event.getKind()) {
                case CREATED -> {
                    assertThat(versions.put(id, 1))
                            .as("there was none of %s", id)
                            .isNull();
                    contexts.put(id, event.getContext());
                }
                case UPDATED -> {
                    assertThat(versions.put(id, event.getBreadcrumbVersion()))
                            .as("the version of %s before", id)
                            .isEqualTo(event.getBreadcrumbVersion() - 1);
                    contexts.put(id, event.getContext());
                }
                case DELETED, EXPIRED -> {
                    assertThat(versions.remove(id)).isEqualTo(event.getBreadcrumbVersion() - 1);
                    contexts.remove(id);
                }
                case REFUSED, REPEATED -> {} // nothing is changed
                case UNKNOWN -> throw new AssertionError("an unknown kind was written");
            }
        }
        assertThat(answered).containsAll(durable);
        assertThat(durable).hasSizeGreaterThan(COMMANDS / 2);
        Map<String, Breadcrumb> states = trail.states();
        assertThat(states.keySet()).isEqualTo(versions.keySet());
        states.forEach((id, state) -> {
            assertThat(state.getMeta().getVersion()).isEqualTo(versions.get(id));
            assertThat(state.getContext()).isEqualTo(contexts.get(id));
        });
    }
}
