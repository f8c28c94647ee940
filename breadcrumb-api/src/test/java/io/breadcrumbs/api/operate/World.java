package io.breadcrumbs.api.operate;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.testkit.Faults;
import io.breadcrumbs.sdk.testkit.MemoryBrokers;
import io.breadcrumbs.sdk.testkit.MemoryBus;
import io.breadcrumbs.sdk.testkit.MemoryCluster;
import io.breadcrumbs.sdk.testkit.MemoryProcess;
import io.breadcrumbs.sdk.testkit.SeededScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A log with three partitions a topic, its brokers, and a process with a door. */
final class World {

    static final int PARTITIONS = 3;
    private static final byte[] NONSENSE = {9, 9, 9};

    final SeededScheduler scheduler = new SeededScheduler(11);
    final MemoryCluster cluster = new MemoryCluster(scheduler, PARTITIONS, Faults.NONE);
    final MemoryProcess process = cluster.process("api");
    final Wire wire = MemoryBus.wire();
    final MemoryBrokers brokers = new MemoryBrokers(cluster, wire);
    private int next;

    void pass(Duration time) {
        scheduler.run(time);
    }

    /** A record of a workspace. */
    byte[] cancel(String workspace, String reason) {
        return wire.encode(
                Catalogue.TOOL_CANCEL,
                ToolCancel.newBuilder()
                        .setMeta(Metas.of(Catalogue.TOOL_CANCEL, reason, workspace, "test", scheduler.now()))
                        .setReason(reason)
                        .build());
    }

    /** Appends to the topic's partitions in turn. */
    void append(Topic<?> topic, String key, byte @Nullable [] value) {
        brokers.append(new LogRecord(
                new Partition(topic.name(), next++ % PARTITIONS),
                key.getBytes(StandardCharsets.UTF_8),
                value,
                Headers.NONE));
    }

    /** Appends a cancel of this workspace, with its reason as key. */
    void cancels(String workspace, String... reasons) {
        for (String reason : reasons) {
            append(Catalogue.TOOL_CANCEL, reason, cancel(workspace, reason));
        }
    }

    /** What nobody can decode. */
    static byte[] nonsense() {
        return NONSENSE.clone();
    }
}
