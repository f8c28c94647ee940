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
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.SourceNode;
import org.junit.jupiter.api.Test;

class EngineTopologyTest {

    /** No producer's clock, and no order between topics by it, has any say: a record without a time is taken in too. */
    @Test
    void shouldGoByNoTimeOfARecord() throws ReflectiveOperationException {
        try (Coordinators coordinators = coordinators()) {
            Topology topology = EngineTopology.of(MemoryBus.wire(), coordinators);

            Map<String, TimestampExtractor> extractors = extractors(topology);

            ConsumerRecord<Object, Object> odd = new ConsumerRecord<>("any", 0, 0, "key", "value");
            long before = System.currentTimeMillis();
            assertThat(odd.timestamp()).isNegative();
            assertThat(extractors).containsOnlyKeys("journal", "commands", "answers", "requests");
            assertThat(Objects.requireNonNull(extractors.get("journal")).extract(odd, before + 1_000))
                    .as("before everything else")
                    .isZero();
            for (String source : List.of("commands", "answers", "requests")) {
                assertThat(extractors.get(source)).isInstanceOf(WallclockTimestampExtractor.class);
            }
        }
    }

    /** What Streams has of the topology; its public description leaves this out. */
    private static Map<String, TimestampExtractor> extractors(Topology topology) throws ReflectiveOperationException {
        Field built = Topology.class.getDeclaredField("internalTopologyBuilder");
        built.setAccessible(true);
        InternalTopologyBuilder builder = (InternalTopologyBuilder) built.get(topology);
        builder.setApplicationId("engine");
        Map<String, TimestampExtractor> extractors = new TreeMap<>();
        for (ProcessorNode<?, ?, ?, ?> node : builder.buildTopology().processors()) {
            if (node instanceof SourceNode<?, ?> source) {
                extractors.put(source.name(), source.timestampExtractor());
            }
        }
        return extractors;
    }

    private static Coordinators coordinators() {
        SeededScheduler scheduler = new SeededScheduler(1);
        MemoryProcess process = new MemoryCluster(scheduler, 1, Faults.NONE).process("engine");
        return new Coordinators(new Surroundings(
                MemoryBus.in(process, MemoryBus.wire(), scheduler),
                process,
                process::execute,
                (_, _) -> null,
                (_, _) -> null,
                List::of,
                new Plans(new CelConditions()),
                Keeping.of(10)));
    }

    /** Names of topics, stores and changelogs are what running installations have on their disks. */
    @Test
    void shouldStayAsInstallationsHaveIt() {
        try (Coordinators coordinators = coordinators()) {
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
