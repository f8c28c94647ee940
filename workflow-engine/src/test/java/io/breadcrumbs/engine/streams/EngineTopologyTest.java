package io.breadcrumbs.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.coordinator.Coordinators;
import io.breadcrumbs.engine.coordinator.Coordinators.Keeping;
import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.sdk.condition.CelConditions;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import io.breadcrumbs.sdk.workflow.run.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTopologyTest {

    /** Names of topics, stores and changelogs are what running installations have on their disks. */
    @Test
    void shouldStayAsInstallationsHaveIt() {
        SeededScheduler scheduler = new SeededScheduler(1);
        MemoryProcess process = new MemoryCluster(scheduler, 1, Faults.NONE).process("engine");
        MemoryBus bus = MemoryBus.in(process, MemoryBus.wire(), scheduler);
        Surroundings around = new Surroundings(
                bus,
                process,
                process::execute,
                (_, _) -> null,
                (_, _) -> null,
                List::of,
                new Plans(new CelConditions()),
                Keeping.of(10));

        try (Coordinators coordinators = new Coordinators(around)) {
            assertThat(EngineTopology.of(MemoryBus.wire(), coordinators)
                            .describe()
                            .toString())
                    .isEqualTo("""
                            Topologies:
                               Sub-topology: 0
                                Source: answers (topics: [tool.response.v1])
                                  --> fold
                                Source: commands (topics: [workflow.command.v1])
                                  --> fold
                                Source: journal (topics: [workflow.event.v1])
                                  --> fold
                                Source: requests (topics: \\Qtool.request.v1\\E(\\.[a-z0-9-]+)?)
                                  --> fold
                                Processor: fold (stores: [memory])
                                  --> letters
                                  <-- journal, commands, answers, requests
                                Sink: letters (topic: dead.letter.v1)
                                  <-- fold

                            """);
        }
    }
}
