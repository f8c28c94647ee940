package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Reads chosen partitions with a consumer that belongs to no group. The thread that polls owns it. */
final class KafkaTailReader implements PartitionReader {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaRecords records;

    KafkaTailReader(KafkaConsumer<byte[], byte[]> consumer, KafkaRecords records) {
        this.records = records;
        this.consumer = consumer;
    }

    @Override
    public void add(Partition partition, long from) {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
        assigned.add(KafkaRecords.of(partition));
        consumer.assign(assigned);
        consumer.seek(KafkaRecords.of(partition), from);
    }

    @Override
    public long position(Partition partition) {
        return consumer.position(KafkaRecords.of(partition));
    }

    @Override
    public OptionalLong lag(Partition partition) {
        TopicPartition there = KafkaRecords.of(partition);
        return consumer.assignment().contains(there) ? consumer.currentLag(there) : OptionalLong.empty();
    }

    @Override
    public void remove(Partition partition) {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
        assigned.remove(KafkaRecords.of(partition));
        consumer.assign(assigned);
    }

    @Override
    public List<Fetched> poll(Duration atMost) {
        if (consumer.assignment().isEmpty()) {
            LockSupport.parkNanos(Math.min(atMost.toNanos(), 1_000_000)); // a consumer without partitions cannot wait
            return List.of();
        }
        try {
            return records.of(consumer.poll(atMost));
        } catch (WakeupException e) {
            return List.of();
        }
    }

    @Override
    public void pause(Partition partition) {
        consumer.pause(Set.of(KafkaRecords.of(partition)));
    }

    @Override
    public void resume(Partition partition) {
        consumer.resume(Set.of(KafkaRecords.of(partition)));
    }

    @Override
    public void wake() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
