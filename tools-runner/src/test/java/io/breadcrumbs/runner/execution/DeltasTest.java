package io.breadcrumbs.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.DeltaKind;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tool tells comes in few records, and all of it. */
class DeltasTest {

    private final SeededScheduler scheduler = new SeededScheduler(1);
    private final MemoryProcess process = new MemoryCluster(scheduler, 1, Faults.NONE).process("one");
    private final MemoryBus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
    private final List<StreamDelta> seen = new ArrayList<>();
    private final Deltas deltas = new Deltas(
            bus,
            process,
            ToolRequest.newBuilder()
                    .setMeta(Metas.of(Catalogue.TOOL_REQUEST, "r", "test"))
                    .setRequestId("r")
                    .setTool("talk")
                    .build());

    @BeforeEach
    void listen() {
        bus.tail(TailFrom.beginning(Catalogue.STREAM_DELTA), (delta, _, _) -> seen.add(delta.body()));
        scheduler.run(Duration.ofSeconds(1));
    }

    private List<String> texts() {
        return seen.stream().map(StreamDelta::getText).toList();
    }

    @Test
    void shouldTellTenPiecesInOneRecord() {
        IntStream.range(0, 100).forEach(i -> deltas.add(DeltaKind.TEXT, i + " "));
        scheduler.run(Duration.ofMillis(50));

        assertThat(seen)
                .hasSize(10)
                .allSatisfy(delta -> assertThat(delta.getLast()).isFalse());
        assertThat(String.join("", texts()))
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> i + " ").collect(Collectors.joining()));
        assertThat(seen).extracting(StreamDelta::getIndex).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void shouldTellAKilobyteAtOnce() {
        deltas.add(DeltaKind.TEXT, "é".repeat(511));
        deltas.add(DeltaKind.TEXT, "é");
        deltas.add(DeltaKind.TEXT, "rest");
        scheduler.run(Duration.ofMillis(50));

        assertThat(texts()).containsExactly("é".repeat(512));
    }

    @Test
    void shouldTellLittleAfterATenthOfASecond() {
        deltas.add(DeltaKind.TEXT, "a");
        scheduler.run(Duration.ofMillis(80));
        assertThat(seen).isEmpty();

        deltas.add(DeltaKind.TEXT, "b");
        scheduler.run(Duration.ofMillis(60));

        assertThat(texts()).containsExactly("ab");
    }

    @Test
    void shouldTellTheRestAtTheEndAndNothingAfterwards() {
        deltas.add(DeltaKind.TEXT, "almost ");
        deltas.add(DeltaKind.TEXT, "done");
        deltas.end();
        deltas.add(DeltaKind.TEXT, "late");
        deltas.end();
        scheduler.run(Duration.ofSeconds(1));

        assertThat(texts()).containsExactly("almost done");
        assertThat(seen.getFirst().getLast()).isTrue();
    }

    @Test
    void shouldNotMixOutputWithProgress() {
        deltas.add(DeltaKind.TEXT, "one");
        deltas.add(DeltaKind.PROGRESS, "half");
        deltas.add(DeltaKind.TEXT, "two");
        deltas.end();
        scheduler.run(Duration.ofSeconds(1));

        assertThat(seen)
                .extracting(delta -> delta.getKind() + " " + delta.getText())
                .containsExactly("TEXT one", "PROGRESS half", "TEXT two");
    }

    @Test
    void shouldTellEachProgressInALineOfItsOwn() {
        deltas.add(DeltaKind.PROGRESS, "step 1");
        deltas.add(DeltaKind.PROGRESS, "step 2");
        deltas.end();
        scheduler.run(Duration.ofSeconds(1));

        assertThat(texts()).containsExactly("step 1\nstep 2");
    }

    @Test
    void shouldSayNothingOfAToolThatSaysNothing() {
        deltas.end();
        scheduler.run(Duration.ofSeconds(1));

        assertThat(seen).isEmpty();
    }
}
