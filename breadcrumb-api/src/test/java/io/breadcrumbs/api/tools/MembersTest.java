package io.breadcrumbs.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Group;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MembersTest {

    private final SeededScheduler scheduler = new SeededScheduler(7);
    private final MemoryCluster cluster = new MemoryCluster(scheduler, 4, Faults.NONE);
    private final MemoryProcess api = cluster.process("api");
    private final MemoryBus bus = MemoryBus.in(api, MemoryBus.wire(), scheduler);
    private final Members members = new Members(bus, api);

    private <T> T told(CompletableFuture<T> asked) {
        scheduler.run(Duration.ofMillis(100));
        assertThat(asked).isCompleted();
        return asked.join();
    }

    private Map<String, Integer> runners() {
        return told(members.runners(Set.of("default", "gpu")));
    }

    private MemoryProcess serve(String process, String group) {
        MemoryProcess runner = cluster.process(process);
        MemoryBus.in(runner, MemoryBus.wire(), scheduler)
                .subscribe(Group.of(group, Catalogue.TOOL_REQUEST), _ -> false);
        return runner;
    }

    @Test
    void shouldCountWhoServesAndAskAgainWhenThatIsOld() {
        assertThat(runners()).isEqualTo(Map.of("default", 0, "gpu", 0));
        MemoryProcess one = serve("one", Group.runners("gpu"));
        serve("two", Group.runners("gpu"));
        serve("engine", Group.ENGINES);

        assertThat(runners()).isEqualTo(Map.of("default", 0, "gpu", 0));
        assertThat(told(members.engines())).isOne();
        scheduler.run(Duration.ofSeconds(2));
        assertThat(runners()).isEqualTo(Map.of("default", 0, "gpu", 2));

        one.kill();
        scheduler.run(Duration.ofSeconds(3));
        assertThat(runners()).isEqualTo(Map.of("default", 0, "gpu", 1));
    }
}
