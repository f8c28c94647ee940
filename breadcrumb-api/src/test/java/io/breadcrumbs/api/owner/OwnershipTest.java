package io.breadcrumbs.api.owner;

import static io.breadcrumbs.api.decide.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.breadcrumb.RefusalCode;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final int PARTITIONS = 2;

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, PARTITIONS, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    private final Trail trail = new Trail(cluster, wire, PARTITIONS);
    private final MemoryProcess first = cluster.process("first");
    private final MemoryProcess second = cluster.process("second");
    private final MemoryBus client = MemoryBus.in(cluster.process("client"), wire, scheduler);

    private Ownership owner(MemoryProcess process) {
        Ownership owner = new Ownership(MemoryBus.in(process, wire, scheduler), process, process::execute);
        pass(Duration.ofSeconds(2));
        return owner;
    }

    private void pass(Duration time) {
        scheduler.run(time);
    }

    private void publish(BreadcrumbCommand.Builder... commands) {
        for (BreadcrumbCommand.Builder command : commands) {
            BreadcrumbCommand built = command.build();
            client.publish(Catalogue.BREADCRUMB_COMMAND, built.getBreadcrumbId(), built);
        }
        pass(Duration.ofSeconds(5));
    }

    private static BreadcrumbCommand.Builder create(String id, String commandId) {
        return command(BreadcrumbCommandKind.CREATE, id, commandId).setSchemaName("note.v1");
    }

    private static BreadcrumbCommand.Builder patch(String id, String commandId, int base) {
        return command(BreadcrumbCommandKind.PATCH, id, commandId).setBaseVersion(base);
    }

    private List<BreadcrumbEventKind> kinds() {
        return trail.events().stream().map(BreadcrumbEvent::getKind).toList();
    }

    @Test
    void shouldWriteOneEventAndTheLatestStateForEachChange() {
        owner(first);

        publish(create("a", "1"), patch("a", "2", 1).setContext("{\"x\":1}"), create("b", "3"));
        publish(command(BreadcrumbCommandKind.DELETE, "b", "4"));

        assertThat(trail.events())
                .extracting(BreadcrumbEvent::getCommandId)
                .containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(trail.states()).containsOnlyKeys("a");
        assertThat(trail.states().get("a")).satisfies(state -> {
            assertThat(state.getMeta().getVersion()).isEqualTo(2);
            assertThat(state.getContext()).isEqualTo("{\"x\":1}");
        });
    }

    @Test
    void shouldLetOneOfTwoConcurrentPatchesWin() {
        owner(first);
        publish(create("a", "1"));

        publish(patch("a", "2", 1).setTitle("two"), patch("a", "3", 1).setTitle("three"));

        assertThat(kinds())
                .containsExactly(BreadcrumbEventKind.CREATED, BreadcrumbEventKind.UPDATED, BreadcrumbEventKind.REFUSED);
        assertThat(trail.events().getLast().getRefusal().getCode()).isEqualTo(RefusalCode.VERSION.name());
        assertThat(trail.state("a").getMeta().getVersion()).isEqualTo(2);
    }

    @Test
    void shouldAnswerARepeatedCommandAgainAndDoNothing() {
        owner(first);

        publish(create("a", "1"), create("a", "1"));
        publish(create("a", "1"), create("a", "2").setIdempotencyKey("k"));

        assertThat(kinds())
                .containsExactly(
                        BreadcrumbEventKind.CREATED,
                        BreadcrumbEventKind.REPEATED,
                        BreadcrumbEventKind.REPEATED,
                        BreadcrumbEventKind.REFUSED);
    }

    @Test
    void shouldKnowKeysAfterARestart() {
        Ownership owner = owner(first);
        publish(create("a", "1").setIdempotencyKey("k1"), patch("a", "2", 1).setIdempotencyKey("k2"));
        owner.close();
        owner(second);

        publish(
                create("a", "3").setIdempotencyKey("k1"),
                patch("a", "4", 1).setIdempotencyKey("k2"),
                patch("a", "2", 1));

        assertThat(kinds().subList(2, 5)).containsOnly(BreadcrumbEventKind.REPEATED);
        assertThat(trail.events().get(3).getBreadcrumbVersion()).isEqualTo(2);
        assertThat(trail.state("a").getMeta().getVersion()).isEqualTo(2);
    }

    @Test
    void shouldLetTheKeyOfARefusedCommandBeUsedAgain() {
        owner(first);
        publish(create("a", "1"));

        publish(patch("a", "2", 7).setIdempotencyKey("k"), patch("a", "3", 1).setIdempotencyKey("k"));

        assertThat(kinds().subList(1, 3)).containsExactly(BreadcrumbEventKind.REFUSED, BreadcrumbEventKind.UPDATED);
    }

    @Test
    void shouldRefuseACommandInAnotherPartitionThanItsBreadcrumbs() {
        owner(first);
        BreadcrumbCommand command = create("a", "1").build();
        int other = 1 - client.partition(Catalogue.BREADCRUMB_COMMAND, "a");

        client.publish(Draft.of(Catalogue.BREADCRUMB_COMMAND, "a", command).to(other));
        publish(create("b", "2").setMeta(command.getMeta()));

        assertThat(kinds()).containsExactlyInAnyOrder(BreadcrumbEventKind.REFUSED, BreadcrumbEventKind.CREATED);
        assertThat(trail.states()).containsOnlyKeys("b");
    }

    @Test
    void shouldDecideOnWhenTheOwnerIsKilled() {
        owner(first);
        publish(create("a", "1"));

        first.kill();
        owner(second);
        publish(patch("a", "2", 1));

        assertThat(kinds()).containsExactly(BreadcrumbEventKind.CREATED, BreadcrumbEventKind.UPDATED);
    }
}
