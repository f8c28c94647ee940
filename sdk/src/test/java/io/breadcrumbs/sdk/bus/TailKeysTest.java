package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A reader of some keys sees their records in the log's order, whichever lane brings them, and nothing else. */
class TailKeysTest {

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 1, Faults.NONE);
    private final Bus bus = MemoryBus.in(cluster.process("me"), MemoryBus.wire(), scheduler);
    private final Bus other = MemoryBus.in(cluster.process("other"), MemoryBus.wire(), scheduler);

    /** Reads what is kept, and writes down where that stood and how it came. */
    private static final class Kept implements TailReader<ToolCancel> {

        final List<String> read = new ArrayList<>();

        @Override
        public Predicate<String> keys() {
            return key -> key.startsWith("keep");
        }

        @Override
        public void read(Breadcrumb<ToolCancel> breadcrumb, Position position, Lane lane) {
            read.add(breadcrumb.key() + " " + position.offset() + " " + lane);
        }
    }

    private void publish(Bus by, String key) {
        by.publish(Draft.of(Catalogue.TOOL_CANCEL, key, Cancels.of(key)));
        scheduler.run(Duration.ofSeconds(1));
    }

    @Test
    void shouldReadTheseKeysOnly() {
        publish(other, "drop-0");
        publish(other, "keep-1");
        Kept kept = new Kept();

        Tail tail = bus.tail(TailFrom.beginning(Catalogue.TOOL_CANCEL), kept);
        scheduler.run(Duration.ofSeconds(1));
        publish(other, "drop-2");
        publish(bus, "drop-3");
        publish(bus, "keep-4");
        publish(other, "keep-5");
        publish(other, "drop-6");
        CompletableFuture<Long> lag = tail.lag();
        scheduler.run(Duration.ofSeconds(1));

        assertThat(kept.read).containsExactly("keep-1 1 LOG", "keep-4 4 TAIL", "keep-5 5 LOG");
        assertThat(tail.caughtUp()).isCompleted();
        assertThat(tail.next(0)).isEqualTo(7);
        assertThat(lag).isCompletedWithValue(0L);
    }
}
