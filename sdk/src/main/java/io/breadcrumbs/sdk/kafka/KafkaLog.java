package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.log.Appended;
import io.breadcrumbs.sdk.log.GroupMember;
import io.breadcrumbs.sdk.log.GroupReader;
import io.breadcrumbs.sdk.log.Log;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.PartitionReader;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.log.SetWriter;
import io.breadcrumbs.sdk.operate.KafkaSays;
import io.breadcrumbs.sdk.operate.Together;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** The log in Kafka. Thread-safe; {@link #append} never waits, since the producer is told not to. */
final class KafkaLog implements Log {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final int LOOK_UP_MS = 5_000;

    private final KafkaClients clients;
    private final Duration drain;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaRecords records;
    private final Admin admin;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final Together<Partition, Long> ends = new Together<>(asked -> offsets(asked, OffsetSpec.latest(), "ends"));
    private final Together<Partition, Long> starts =
            new Together<>(asked -> offsets(asked, OffsetSpec.earliest(), "begins"));
    private volatile Consumer<String> missing = _ -> {};
    private volatile Runnable beforeClose = () -> {};

    KafkaLog(KafkaClients clients, Duration drain) {
        this.clients = clients;
        this.drain = drain;
        this.producer = clients.producer();
        this.records = clients.records();
        this.admin = clients.admin();
    }

    Admin admin() {
        return admin;
    }

    /** Who is told of a topic that somebody asks for and that is not loaded. */
    void whenMissing(Consumer<String> told) {
        missing = told;
    }

    void beforeClose(Runnable act) {
        beforeClose = act;
    }

    /** Loads what the producer must know of a topic before it can append without waiting; false if it does not yet. */
    boolean load(String topic) {
        try {
            partitions.put(topic, producer.partitionsFor(topic).size());
            return true;
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            return false; // it has been asked for
        }
    }

    @Override
    public int partitions(String topic) {
        Integer known = partitions.get(topic);
        if (known == null) {
            missing.accept(topic);
            return 0;
        }
        return known;
    }

    @Override
    public void append(LogRecord record, Consumer<Appended> then) {
        try {
            Sent sent = new Sent(record.partition(), then);
            producer.send(records.of(record), sent::completed);
            sent.accepted = true;
        } catch (IllegalStateException e) {
            then.accept(new Appended.Refused(Appended.Reason.CLOSED, "its client is closed"));
        }
    }

    /** One record on its way. A failure that comes before {@code send} has returned was never sent. */
    private static final class Sent {

        private final Partition partition;
        private final Consumer<Appended> then;
        private volatile boolean accepted;
        private final Thread sender = Thread.currentThread();

        Sent(Partition partition, Consumer<Appended> then) {
            this.partition = partition;
            this.then = then;
        }

        void completed(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null && metadata != null) {
                then.accept(new Appended.Acknowledged(new Position(partition, metadata.offset())));
                return;
            }
            String detail = KafkaSays.why(failure);
            boolean neverSent = !accepted && Thread.currentThread().equals(sender);
            then.accept(
                    switch (failure) {
                        case RecordTooLargeException _ -> new Appended.Refused(Appended.Reason.TOO_LARGE, detail);
                        case AuthorizationException _ -> new Appended.Refused(Appended.Reason.FORBIDDEN, detail);
                        case BufferExhaustedException _
                        when neverSent -> new Appended.Refused(Appended.Reason.FULL, detail);
                        case null, default ->
                            neverSent
                                    ? new Appended.Refused(Appended.Reason.AWAY, detail)
                                    : new Appended.Unknown(detail);
                    });
        }
    }

    @Override
    public CompletableFuture<Long> end(Partition partition) {
        return ends.ask(partition);
    }

    @Override
    public CompletableFuture<Long> start(Partition partition) {
        return starts.ask(partition);
    }

    private Map<Partition, CompletableFuture<Long>> offsets(Set<Partition> asked, OffsetSpec which, String does) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        asked.forEach(partition -> wanted.put(KafkaRecords.of(partition), which));
        ListOffsetsResult found = admin.listOffsets(wanted, new ListOffsetsOptions().timeoutMs(LOOK_UP_MS));
        Map<Partition, CompletableFuture<Long>> offsets = new HashMap<>();
        asked.forEach(partition -> offsets.put(
                partition,
                found.partitionResult(KafkaRecords.of(partition))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle((one, failure) -> {
                            if (failure != null) {
                                throw KafkaSays.away("Kafka does not say where " + partition + " " + does, failure);
                            }
                            return one.offset();
                        })));
        return offsets;
    }

    @Override
    public CompletableFuture<Integer> members(String group) {
        return admin.describeConsumerGroups(List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(LOOK_UP_MS))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(found -> found.values().stream()
                        .mapToInt(one -> one.members().size())
                        .sum())
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof GroupIdNotFoundException) {
                        return 0;
                    }
                    throw KafkaSays.away("Kafka does not say who is in group " + group, failure);
                });
    }

    @Override
    public GroupReader join(String group, Set<String> topics, GroupMember member) {
        return new KafkaGroupReader(clients.member(group), clients.records(), topics, member, drain);
    }

    @Override
    public PartitionReader reader() {
        return new KafkaTailReader(clients.reader("reader"), clients.records());
    }

    @Override
    public PartitionReader follower() {
        return new KafkaTailReader(clients.follower("tail"), clients.records());
    }

    @Override
    public SetWriter writer(String name) {
        return new KafkaSetWriter(name, () -> clients.writer(name), clients.records());
    }

    @Override
    public void close() {
        beforeClose.run();
        producer.close(CLOSE_WITHIN);
        admin.close(CLOSE_WITHIN);
    }
}
