package io.breadcrumbs.local.bench;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.catalogue.TopicAdmin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that benchmarks write: pools of their own, and plain topics for bare clients. No real runner has them. */
public final class BenchTopics {

    public static final String POOL = "bench";
    public static final String REMOTE_POOL = "bench-remote";
    /** Of the tools that a runner executes. */
    public static final String TOOLS_POOL = "bench-tools";

    static final Topic<ToolRequest> REQUESTS = Catalogue.toolRequest(POOL);
    static final Topic<ToolRequest> REMOTE_REQUESTS = Catalogue.toolRequest(REMOTE_POOL);
    public static final Topic<ToolRequest> TOOL_REQUESTS = Catalogue.toolRequest(TOOLS_POOL);

    /** Written, never read. */
    static final String WRITTEN = "bench.bare.written";

    static final String POLLED = "bench.bare.polled";
    static final String THERE = "bench.bare.there";
    static final String BACK = "bench.bare.back";
    static final String FLOW = "bench.bare.flow";

    private static final List<String> ONE_PARTITION = List.of(POLLED, THERE, BACK);
    private static final List<String> ALL_PARTITIONS = List.of(WRITTEN, FLOW);
    private static final int STRONG_REPLICATION = 3;
    private static final Map<String, String> SHORT_LIVED = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "600000", TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(16 << 20));

    private BenchTopics() {}

    /** Creates what is missing, with as many partitions and replicas as the platform's topics have. */
    public static int create(Broker broker) throws InterruptedException, ExecutionException {
        try (Admin admin = admin(broker)) {
            String model = Catalogue.TOOL_RESPONSE.name();
            TopicDescription described =
                    admin.describeTopics(List.of(model)).allTopicNames().get().get(model);
            if (described == null) {
                throw new IllegalStateException("topic " + model + " is missing at " + broker.kafka());
            }
            int partitions = described.partitions().size();
            int replication = described.partitions().getFirst().replicas().size();
            new TopicAdmin(
                            admin,
                            new TopicAdmin.Settings(
                                    partitions, replication, replication < STRONG_REPLICATION ? 1 : replication - 1))
                    .create(List.of(REQUESTS, REMOTE_REQUESTS, TOOL_REQUESTS));
            List<NewTopic> bare = Stream.concat(
                            ONE_PARTITION.stream().map(name -> new NewTopic(name, 1, (short) replication)),
                            ALL_PARTITIONS.stream().map(name -> new NewTopic(name, partitions, (short) replication)))
                    .map(topic -> topic.configs(SHORT_LIVED))
                    .toList();
            for (var creation : admin.createTopics(bare).values().values()) {
                try {
                    creation.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            return partitions;
        }
    }

    /** Deletes what was written, so that a platform that lives on does not keep it. */
    public static void empty(Broker broker, int partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        ONE_PARTITION.forEach(topic -> ends.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
        Stream.concat(ALL_PARTITIONS.stream(), Stream.of(REQUESTS.name(), REMOTE_REQUESTS.name(), TOOL_REQUESTS.name()))
                .forEach(topic -> IntStream.range(0, partitions)
                        .forEach(partition -> ends.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
        try (Admin admin = admin(broker)) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(ends).all().get().entrySet()) {
                all.put(
                        end.getKey(),
                        RecordsToDelete.beforeOffset(end.getValue().offset()));
            }
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException | KafkaException e) {
            // their retention ends them
        }
    }

    private static Admin admin(Broker broker) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.kafka()));
    }
}
