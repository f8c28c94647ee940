package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Partition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads as a member of a group. The thread that polls owns it; the group's calls come on that thread. */
final class KafkaGroupReader implements GroupReader, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaGroupReader.class);
    private static final Duration OFFSETS_WITHIN = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final GroupMember member;
    private final Duration drain;
    private final KafkaRecords records;
    /** Given by the group, and not handed to the member yet, since what was committed could not be read. */
    private final Set<TopicPartition> given = new HashSet<>();

    KafkaGroupReader(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaRecords records,
            Set<String> topics,
            GroupMember member,
            Duration drain) {
        this.records = records;
        this.consumer = consumer;
        this.member = member;
        this.drain = drain;
        consumer.subscribe(topics, this);
    }

    @Override
    public List<Fetched> poll(Duration atMost) {
        try {
            List<Fetched> polled = records.of(consumer.poll(atMost));
            handOver();
            return polled;
        } catch (WakeupException e) {
            return List.of();
        }
    }

    @Override
    public void pause(Partition partition) {
        ifAssigned(partition, consumer::pause);
    }

    @Override
    public void resume(Partition partition) {
        ifAssigned(partition, consumer::resume);
    }

    private void ifAssigned(Partition partition, java.util.function.Consumer<Collection<TopicPartition>> act) {
        TopicPartition there = KafkaRecords.of(partition);
        if (consumer.assignment().contains(there)) {
            act.accept(Set.of(there));
        }
    }

    @Override
    public OptionalLong lag(Partition partition) {
        TopicPartition there = KafkaRecords.of(partition);
        return consumer.assignment().contains(there) ? consumer.currentLag(there) : OptionalLong.empty();
    }

    @Override
    public void commit(Map<Partition, Commit> commits, Runnable failed) {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets(commits);
        offsets.keySet().retainAll(consumer.assignment());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (_, failure) -> {
                if (failure != null) {
                    LOG.atDebug()
                            .addKeyValue("event", "commit-failed")
                            .log("a commit failed, it will be said again: {}", failure.toString());
                    failed.run();
                }
            });
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Partition, Commit> commits) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        commits.forEach((partition, commit) ->
                offsets.put(KafkaRecords.of(partition), new OffsetAndMetadata(commit.offset(), commit.note())));
        return offsets;
    }

    @Override
    public void wake() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(drain.plusSeconds(2)));
    }

    // ------------------------------------------------------------------ the group, within poll and close

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        given.addAll(partitions);
        handOver();
    }

    /** Nothing is polled from a partition before the member has it: it would count as read. */
    private void handOver() {
        if (given.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(given, OFFSETS_WITHIN);
        } catch (WakeupException e) {
            return;
        } catch (KafkaException e) {
            LOG.atWarn().log("cannot read the committed offsets of {} yet, will try again: {}", given, e.toString());
            return;
        }
        for (TopicPartition partition : given) {
            OffsetAndMetadata offset = committed.get(partition);
            member.assigned(
                    records.of(partition), offset == null ? null : new Commit(offset.offset(), offset.metadata()));
        }
        consumer.resume(given);
        given.clear();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> taken) {
        if (taken.isEmpty()) {
            return;
        }
        given.removeAll(taken);
        List<Partition> partitions = taken.stream().map(records::of).toList();
        boolean interrupted = false;
        try {
            member.drain(partitions).toCompletableFuture().get(drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.atInfo()
                    .addKeyValue("event", "drain-cut-off")
                    .log(
                            "given up while records run: {}; the next owner repeats them unless they are answered first",
                            partitions);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Map<TopicPartition, OffsetAndMetadata> last = offsets(member.release(partitions));
        try {
            consumer.commitSync(last, OFFSETS_WITHIN);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("event", "last-commit-failed")
                    .log(
                            "the last commit failed for {}; what was done since the one before is repeated: {}",
                            partitions,
                            e.toString());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        given.removeAll(lost);
        member.lost(lost.stream().map(records::of).toList());
    }
}
