package io.breadcrumbs.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Latest;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sets that one writer writes, and what is read of them by key and by position. */
class WriterTest {

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    private final MemoryBus bus = MemoryBus.in(cluster.process("me"), wire, scheduler);
    private final MemoryBus other = MemoryBus.in(cluster.process("other"), wire, scheduler);

    private static Draft<Breadcrumb> state(String id, String context) {
        Breadcrumb state = Breadcrumb.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB, id, "default", "test", Instant.EPOCH))
                .setContext(context)
                .build();
        return Draft.of(Catalogue.BREADCRUMB, id, state);
    }

    private static Draft<BreadcrumbEvent> event(String id) {
        BreadcrumbEvent event = BreadcrumbEvent.newBuilder()
                .setMeta(Metas.of(Catalogue.BREADCRUMB_EVENT, id, "default", "test", Instant.EPOCH))
                .setBreadcrumbId(id)
                .setKind(BreadcrumbEventKind.CREATED)
                .build();
        return Draft.of(Catalogue.BREADCRUMB_EVENT, id, event);
    }

    private <T> T value(CompletableFuture<T> future) {
        scheduler.run(Duration.ofMillis(500));
        assertThat(future).isDone();
        return future.join();
    }

    private static Partition states() {
        return new Partition(Catalogue.BREADCRUMB.name(), 0);
    }

    @Test
    void shouldWriteASetAndSayWhereItStands() {
        Writer writer = bus.writer("owner");
        value(writer.open());

        List<Position> positions = value(writer.write(List.of(state("a", "{}"), event("a"))));

        assertThat(positions)
                .containsExactly(
                        new Position(states(), 0),
                        new Position(new Partition(Catalogue.BREADCRUMB_EVENT.name(), 0), 0));
        assertThat(value(other.read(Catalogue.BREADCRUMB, List.of(new Position(states(), 0)))))
                .singleElement()
                .satisfies(read ->
                        assertThat(read.body()).isEqualTo(state("a", "{}").value()));
    }

    @Test
    void shouldEndAWriterWhenAnotherTakesItsName() {
        Writer former = bus.writer("owner");
        value(former.open());
        Writer next = other.writer("owner");
        value(next.open());

        CompletableFuture<List<Position>> late = former.write(List.of(state("a", "{}"), event("a")));
        scheduler.run(Duration.ofMillis(500));

        assertThatThrownBy(late::join)
                .cause()
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(cluster.records(states())).isEmpty();
        assertThat(value(next.write(List.of(state("a", "{}"))))).hasSize(1);
    }

    @Test
    void shouldWriteNothingOfASetThatCannotBeWrittenWhole() {
        Writer writer = bus.writer("owner");
        value(writer.open());
        Draft<BreadcrumbEvent> tombstone = Draft.tombstone(Catalogue.BREADCRUMB_EVENT, "a"); // not a compacted topic

        CompletableFuture<List<Position>> written = writer.write(List.of(state("a", "{}"), tombstone));
        scheduler.run(Duration.ofMillis(500));

        assertThat(written).isCompletedExceptionally();
        assertThat(cluster.records(states())).isEmpty();
    }

    @Test
    void shouldFindTheLatestRecordOfAKey() {
        Writer writer = bus.writer("owner");
        value(writer.open());
        value(writer.write(List.of(state("a", "{\"n\":1}"), state("b", "{}"), state("c", "{}"))));
        value(writer.write(List.of(state("a", "{\"n\":2}"), Draft.tombstone(Catalogue.BREADCRUMB, "b"))));

        Latest<Breadcrumb> latest = value(other.latest(Catalogue.BREADCRUMB, 0));
        Map<String, Breadcrumb> found = value(latest.of(List.of("a", "b", "c", "d")));

        assertThat(latest.size()).isEqualTo(2);
        assertThat(found).containsOnlyKeys("a", "c");
        assertThat(found.get("a")).extracting(Breadcrumb::getContext).isEqualTo("{\"n\":2}");
    }

    @Test
    void shouldNotBringBackWhatHasEndedWhenTheLogRepeatsItself() {
        Writer writer = bus.writer("owner");
        value(writer.open());
        for (int i = 0; i < 20; i++) {
            value(writer.write(List.of(state("a", "{}"))));
            value(writer.write(List.of(Draft.tombstone(Catalogue.BREADCRUMB, "a"))));
        }
        cluster.behave(new Faults(0, 0, 0, 0, 0.5, 0, 30_000));

        for (int i = 0; i < 20; i++) {
            assertThat(value(bus.latest(Catalogue.BREADCRUMB, 0)).size()).isZero();
        }
    }

    @Test
    void shouldFollowWhatItsOwnerSays() {
        Writer writer = bus.writer("owner");
        value(writer.open());
        Latest<Breadcrumb> latest = value(bus.latest(Catalogue.BREADCRUMB, 0));

        Position position =
                value(writer.write(List.of(state("a", "{\"n\":1}")))).getFirst();
        latest.is("a", position.offset());
        assertThat(value(latest.of(List.of("a")))).containsOnlyKeys("a");
        latest.ended("a");

        assertThat(value(latest.of(List.of("a")))).isEmpty();
    }

    @Test
    void shouldReadLargeBodiesOfTheLatestRecords() {
        Writer writer = bus.writer("owner");
        value(writer.open());
        String large = "{\"text\":\"" + "x".repeat(700_000) + "\"}";
        value(writer.write(List.of(state("a", large))));

        Latest<Breadcrumb> latest = value(bus.latest(Catalogue.BREADCRUMB, 0));

        assertThat(value(latest.of(List.of("a"))).get("a"))
                .extracting(Breadcrumb::getContext)
                .isEqualTo(large);
    }
}
