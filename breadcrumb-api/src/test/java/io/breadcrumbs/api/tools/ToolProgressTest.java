package io.breadcrumbs.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.DeltaKind;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolProgressTest {

    private final SeededScheduler scheduler = new SeededScheduler(5);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 2, Faults.NONE);
    private final MemoryProcess process = cluster.process("api");
    private final MemoryBus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
    private final MemoryBus runner = MemoryBus.in(cluster.process("runner"), MemoryBus.wire(), scheduler);
    private final ToolProgress progress = new ToolProgress(bus, process);
    private final List<String> heard = new ArrayList<>();

    private void tell(String request, DeltaKind kind, String text) {
        runner.publish(
                Catalogue.STREAM_DELTA,
                request,
                StreamDelta.newBuilder()
                        .setMeta(Metas.of(Catalogue.STREAM_DELTA, request + "/" + text, "runner"))
                        .setRequestId(request)
                        .setKind(kind)
                        .setText(text)
                        .build());
        scheduler.run(Duration.ofMillis(500));
    }

    @Test
    void shouldTellProgressOfARequestToWhoHearsIt() {
        Runnable ends = progress.hear("mine", heard::add);
        scheduler.run(Duration.ofSeconds(1));

        tell("mine", DeltaKind.PROGRESS, "half");
        tell("mine", DeltaKind.TEXT, "output");
        tell("other", DeltaKind.PROGRESS, "not mine");
        ends.run();
        tell("mine", DeltaKind.PROGRESS, "late");

        assertThat(heard).containsExactly("half");
    }

    @Test
    void shouldTellWhatWasToldBeforeTheTopicWasRead() {
        tell("mine", DeltaKind.PROGRESS, "at once");

        progress.hear("mine", heard::add);
        scheduler.run(Duration.ofSeconds(1));
        tell("mine", DeltaKind.PROGRESS, "later");

        assertThat(heard).containsExactly("at once", "later");
    }

    @Test
    void shouldReadTheTopicOnlyWhileSomebodyHears() {
        assertThat(progress.isReading()).isFalse();
        Runnable first = progress.hear("a", heard::add);
        Runnable second = progress.hear("b", heard::add);
        first.run();
        scheduler.run(ToolProgress.LINGERS.multipliedBy(2));
        assertThat(progress.isReading()).isTrue();

        second.run();
        assertThat(progress.isReading()).isTrue();
        scheduler.run(ToolProgress.LINGERS.plusSeconds(1));
        assertThat(progress.isReading()).isFalse();

        progress.hear("c", heard::add);
        scheduler.run(Duration.ofSeconds(1));
        tell("c", DeltaKind.PROGRESS, "again");
        assertThat(heard).containsExactly("again");
    }

    @Test
    void shouldReadNothingAfterTheEnd() {
        progress.hear("a", heard::add);
        progress.close();
        progress.hear("b", heard::add);

        assertThat(progress.isReading()).isFalse();
    }
}
