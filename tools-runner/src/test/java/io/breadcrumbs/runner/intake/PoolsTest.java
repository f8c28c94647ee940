package io.breadcrumbs.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.runner.RunnerSettings;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which pools a runner joins. */
class PoolsTest {

    /** Somebody else has announced these; then a runner with the tool 'work' of the default pool starts. */
    private static OneRunner after(Set<String> pools, ToolDefinition... others) {
        OneRunner one = new OneRunner(
                1, new RunnerSettings(pools, 10), List.of(OneRunner.tool("work")), new OneRunner.Unobserved());
        for (ToolDefinition other : others) {
            one.bus.publish(Catalogue.TOOL, Toolbox.key(other.getName(), "1"), other);
        }
        one.run();
        return one;
    }

    private static ToolDefinition java(String name, String pool) {
        return ToolDefinition.newBuilder()
                .setMeta(Metas.of(Catalogue.TOOL, name, "somebody"))
                .setName(name)
                .setKind(ToolKind.JAVA)
                .setPool(pool)
                .build();
    }

    @Test
    void shouldLeaveAPoolOutThatHasAToolWhichItLacksAndServeTheOthers() {
        OneRunner one = after(Set.of("default", "gpu"), java("render", "gpu"));

        one.ask("request", "work");
        one.run();

        assertThat(one.running()).containsExactly("request");
        assertThat(one.runner.leftOut()).containsOnlyKeys("gpu");
        assertThat(one.runner.health().faults())
                .containsExactly("pool 'gpu' is left out: it has the Java tool 'render' version 1, which this runner"
                        + " lacks: add it to the class path, give it a pool of its own where it is, or take it out of"
                        + " tool.v1 by the value null for the key 'render / 1'");
    }

    @Test
    void shouldJoinNothingIfAllPoolsHaveWhatItLacksOrHasOtherwise() {
        OneRunner one = after(Set.of("default"), java("render", "default"), java("work", "gpu"));

        assertThat(one.runner.joined().state()).isEqualTo(CompletableFuture.State.FAILED);
        assertThat(one.runner.leftOut().get("default")).contains("'render' version 1", "'work' version 1");
        assertThat(one.runner.health().well()).isFalse();
    }
}
