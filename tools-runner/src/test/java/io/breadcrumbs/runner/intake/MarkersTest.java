package io.breadcrumbs.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolStarted;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may execute what must never run twice, and what stands in the log of those who died. */
class MarkersTest {

    private static final int EARLIER = 500;
    private static final Position REQUEST = new Position(new Partition(Catalogue.TOOL_REQUEST.name(), 0), 7);
    private static final Partition STARTED = new Partition(Catalogue.TOOL_STARTED.name(), 0);

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final Wire wire = MemoryBus.wire();
    private final List<Boolean> told = new ArrayList<>();

    /** Markers that count how many they have read. */
    private static final class Counting extends Markers {

        private int read;

        Counting(MemoryBus bus, MemoryProcess process) {
            super(bus, process);
        }

        @Override
        public void read(Breadcrumb<ToolStarted> breadcrumb, Position position, Lane lane) {
            read++;
            super.read(breadcrumb, position, lane);
        }
    }

    private MemoryBus bus(MemoryProcess process) {
        return MemoryBus.in(process, wire, scheduler);
    }

    private Counting markers(String name) {
        MemoryProcess process = cluster.process(name);
        return new Counting(bus(process), process);
    }

    /** Somebody who is gone has marked these. */
    private void marked(String prefix, int count) {
        MemoryBus before = bus(cluster.process("before"));
        for (int i = 0; i < count; i++) {
            String id = prefix + i;
            before.publish(Draft.of(
                            Catalogue.TOOL_STARTED,
                            id,
                            new ToolStarted(
                                    Metas.of(Catalogue.TOOL_STARTED, id, "before"), id, "before#" + id, "before"))
                    .to(0));
        }
        run();
    }

    private void run() {
        scheduler.run(Duration.ofSeconds(5));
    }

    @Test
    void shouldMarkNothingBeforeItHasReadWhatWasMarked() {
        // Given
        marked("earlier", EARLIER);
        Counting markers = markers("late");
        List<Integer> readWhenMarked = new ArrayList<>();
        cluster.watch(record -> {
            if (record.record().partition().equals(STARTED)) {
                readWhenMarked.add(markers.read);
            }
        });

        // When
        markers.claim(REQUEST, "new", told::add);
        run();

        // Then
        assertThat(readWhenMarked).containsExactly(EARLIER);
        assertThat(told).containsExactly(true);
    }

    @Test
    void shouldLeaveToOthersWhatTheyHaveMarked() {
        // Given
        marked("pay", 1);
        Counting markers = markers("second");

        // When
        markers.claim(REQUEST, "pay0", told::add);
        run();

        // Then
        assertThat(told).containsExactly(false);
        assertThat(cluster.records(STARTED)).hasSize(1);
        assertThat(markers.claims()).isZero();
    }

    @Test
    void shouldLetTheFirstOfTwoExecuteThatMarkAtOnce() {
        // Given
        Counting one = markers("one");
        Counting other = markers("other");

        // When
        one.claim(REQUEST, "pay", told::add);
        other.claim(REQUEST, "pay", told::add);
        run();

        // Then
        assertThat(told).containsExactlyInAnyOrder(true, false);
        assertThat(cluster.records(STARTED)).extracting(Fetched::offset).containsExactly(0L, 1L);
    }

    @Test
    void shouldLeaveNoMarkerWhenItIsClosedBeforeItHasReadThem() {
        // Given
        marked("earlier", EARLIER);
        Counting markers = markers("short");

        // When
        markers.claim(REQUEST, "new", told::add);
        markers.close();
        run();

        // Then
        assertThat(cluster.records(STARTED)).hasSize(EARLIER);
        assertThat(told).isEmpty();
    }
}
