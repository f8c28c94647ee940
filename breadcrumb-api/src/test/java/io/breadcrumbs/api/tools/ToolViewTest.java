package io.breadcrumbs.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToolViewTest {

    private final SeededScheduler scheduler = new SeededScheduler(7);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 4, Faults.NONE);
    private final MemoryProcess process = cluster.process("api");
    private final MemoryBus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
    private ToolView view;

    @BeforeEach
    void start() {
        scheduler.run(Duration.ofSeconds(2));
        view = new ToolView(bus);
        scheduler.run(Duration.ofSeconds(2));
        assertThat(view.missing()).isNull();
    }

    private void put(String key, String name, String version) {
        ToolDefinition tool = ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name, "test"))
                .setName(name)
                .setVersion(version)
                .build();
        bus.publish(Draft.of(Catalogue.TOOL, key, tool));
        scheduler.run(Duration.ofMillis(100));
    }

    private @Nullable String version(String name) {
        Listed found = view.find(name);
        return found == null ? null : found.definition().getVersion();
    }

    private void take(String key) {
        bus.publish(Draft.tombstone(Catalogue.TOOL, key));
        scheduler.run(Duration.ofMillis(100));
    }

    @Test
    void shouldShowTheNewestVersionOfEachByName() {
        put("b / 2", "b", "2");
        put("b / 10", "b", "10");
        put("a / 1", "a", "1");

        assertThat(view.all().stream().map(Listed::name)).containsExactly("a", "b");
        assertThat(version("b")).isEqualTo("10");
        assertThat(view.versions("b")).containsExactly("2", "10");
        assertThat(view.find("c")).isNull();
    }

    @Test
    void shouldForgetWhatWasTakenOut() {
        put("b / 1", "b", "1");
        put("b / 2", "b", "2");

        take("b / 2");
        assertThat(version("b")).isEqualTo("1");

        take("b / 1");
        assertThat(view.find("b")).isNull();
        assertThat(view.all()).isEmpty();
        assertThat(view.versions("b")).isEmpty();
    }

    @Test
    void shouldGoByTheKeyWhenItComesToStandForAnotherTool() {
        put("any", "a", "1");
        put("any", "b", "1");

        assertThat(view.all().stream().map(Listed::name)).containsExactly("b");
    }

    @Test
    void shouldTellOfEachChangeUntilNobodyWatches() {
        AtomicInteger told = new AtomicInteger();
        Runnable end = view.watch(told::incrementAndGet);
        long before = view.changes();
        put("a / 1", "a", "1");
        take("a / 1");
        end.run();
        put("a / 1", "a", "1");

        assertThat(told).hasValue(2);
        assertThat(view.changes()).isEqualTo(before + 3);
    }
}
