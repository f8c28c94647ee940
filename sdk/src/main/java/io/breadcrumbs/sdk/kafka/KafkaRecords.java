package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.OtherHeader;
import io.breadcrumbs.sdk.log.Partition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Records as Kafka's clients have them. Headers are text, so that people and other clients can read them:
 * {@code origin}, {@code seq}, {@code traceparent}.
 */
final class KafkaRecords {

    private static final String ORIGIN = "origin";
    private static final String SEQ = "seq";
    private static final String TRACE = Trace.HEADER;
    private static final Set<String> OURS = Set.of(ORIGIN, SEQ, TRACE);

    /** Partitions are few and asked for all the time. The thread that reads owns it. */
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /** One instance's records have the same origin, and it reads many of them itself. */
    private final String instance;

    private final byte[] instanceBytes;

    KafkaRecords(String instance) {
        this.instance = instance;
        this.instanceBytes = bytes(instance);
    }

    ProducerRecord<byte[], byte[]> of(LogRecord record) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                record.partition().topic(), record.partition().number(), record.key(), record.value());
        Headers headers = record.headers();
        String origin = headers.origin();
        if (origin != null) {
            made.headers().add(ORIGIN, origin.equals(instance) ? instanceBytes : bytes(origin));
            made.headers().add(SEQ, bytes(Long.toString(headers.seq())));
        }
        String trace = headers.trace();
        if (trace != null) {
            made.headers().add(TRACE, bytes(trace));
        }
        for (OtherHeader other : record.others()) {
            made.headers().add(other.name(), other.value());
        }
        return made;
    }

    List<Fetched> of(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        List<Fetched> fetched = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Partition partition = of(new TopicPartition(record.topic(), record.partition()));
            fetched.add(new Fetched(
                    new LogRecord(
                            partition,
                            record.key(),
                            record.value(),
                            headers(record.headers()),
                            others(record.headers())),
                    record.offset(),
                    record.timestamp()));
        }
        return fetched;
    }

    Partition of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, p -> new Partition(p.topic(), p.partition()));
    }

    static TopicPartition of(Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    private Headers headers(Iterable<Header> all) {
        @Nullable String origin = null;
        @Nullable String trace = null;
        long seq = -1;
        for (Header header : all) {
            switch (header.key()) {
                case ORIGIN -> origin = Arrays.equals(header.value(), instanceBytes) ? instance : text(header);
                case SEQ -> seq = number(header);
                case TRACE -> trace = text(header);
                default -> {} // one of the others
            }
        }
        return origin == null || seq < 0 ? new Headers(null, -1, trace) : new Headers(origin, seq, trace);
    }

    private static List<OtherHeader> others(Iterable<Header> all) {
        List<OtherHeader> others = List.of();
        for (Header header : all) {
            if (!OURS.contains(header.key())) {
                others = others.isEmpty() ? new ArrayList<>() : others;
                others.add(new OtherHeader(header.key(), header.value()));
            }
        }
        return others;
    }

    private static @Nullable String text(Header header) {
        byte[] value = header.value();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static long number(Header header) {
        String text = text(header);
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1; // not written by a bus
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
