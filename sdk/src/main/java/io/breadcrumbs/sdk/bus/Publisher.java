package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.log.Appended;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.trace.Span;
import io.breadcrumbs.sdk.trace.Spans;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/** Encodes and appends records, and hands them to the local lanes. Any thread; never blocks. */
final class Publisher {

    private final Parts parts;
    private final Lanes lanes;
    private final Spans spans;
    private final Bodies bodies;
    private final AtomicLong seq = new AtomicLong();
    private final AtomicLong inFlightBytes = new AtomicLong();
    private final Use<Position> appending = this::append;
    private final Use<LogRecord> locating = this::locate;
    private volatile boolean closed;

    Publisher(Parts parts, Lanes lanes, Spans spans) {
        this.parts = parts;
        this.lanes = lanes;
        this.spans = spans;
        this.bodies = new Bodies(parts, this::publish);
    }

    Spans spans() {
        return spans;
    }

    Bodies bodies() {
        return bodies;
    }

    long inFlightBytes() {
        return inFlightBytes.get();
    }

    void close() {
        closed = true;
    }

    /** The partition of a key, the same for every client that partitions as Kafka's own producer does. */
    static int partition(byte[] key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key, partitions);
    }

    <V extends SpecificRecord> CompletableFuture<Position> publish(Draft<V> draft) {
        return encoded(draft, appending);
    }

    /** The record of a draft, as another than this publisher appends it; its large body is durable then. */
    CompletableFuture<LogRecord> record(Draft<?> draft) {
        return encoded(draft, locating);
    }

    /** What is done with a draft and its bytes. */
    @FunctionalInterface
    private interface Use<R> {
        <V extends SpecificRecord> CompletableFuture<R> with(Draft<V> draft, byte @Nullable [] value);
    }

    private <V extends SpecificRecord, R> CompletableFuture<R> encoded(Draft<V> draft, Use<R> use) {
        if (closed) {
            return failed(ErrorCode.CLOSED, "the bus of " + parts.instance() + " is closed");
        }
        if (parts.log().partitions(draft.topic().name()) == 0) {
            return failed(
                    ErrorCode.AWAY,
                    "topic " + draft.topic() + " is not known yet: the broker did not tell about it so far; readiness "
                            + "says why");
        }
        V body = draft.value();
        if (body == null) {
            return draft.topic().retention().compacted()
                    ? use.with(draft, null)
                    : failed(ErrorCode.TOPIC, "topic " + draft.topic() + " is not compacted: it takes no tombstones");
        }
        byte[] value;
        try {
            value = parts.wire().encode(draft.topic(), body);
        } catch (IllegalStateException e) {
            return failed(
                    ErrorCode.AWAY,
                    "the schema of " + draft.topic() + " is not registered yet: the schema "
                            + "registry did not answer so far; readiness says when it does");
        } catch (IllegalArgumentException e) {
            return failed(ErrorCode.SCHEMA, String.valueOf(e.getMessage()));
        }
        if (value.length > parts.limits().bodyBytes() && bodies.canLeave(draft.topic())) {
            return detach(draft, body, value, use);
        }
        return use.with(draft, value);
    }

    /**
     * Publishes the body in chunks, and uses the record that names them later, on another thread, in the same trace.
     */
    private <V extends SpecificRecord, R> CompletableFuture<R> detach(
            Draft<V> draft, V body, byte[] value, Use<R> use) {
        String trace = Trace.current();
        String id = parts.instance() + "." + seq.incrementAndGet();
        return bodies.detach(draft.topic(), body, value, id)
                .thenCompose(named ->
                        Trace.within(trace, () -> use.with(draft, parts.wire().encode(draft.topic(), named))));
    }

    private <V extends SpecificRecord> CompletableFuture<Position> append(Draft<V> draft, byte @Nullable [] value) {
        Span span = sending(draft);
        LogRecord record;
        try {
            record = located(draft, value, span.traceparent());
        } catch (BusException e) {
            span.failed(e.code().name()).end();
            return CompletableFuture.failedFuture(e);
        }
        if (inFlightBytes.addAndGet(record.sizeBytes()) > parts.limits().inFlightBytes()) {
            inFlightBytes.addAndGet(-record.sizeBytes());
            span.failed(ErrorCode.CAPACITY.name()).end();
            return failed(
                    ErrorCode.CAPACITY,
                    "more than " + parts.limits().inFlightBytes() + " bytes wait for their acknowledgement");
        }
        Breadcrumb<V> breadcrumb =
                new Breadcrumb<>(draft.topic(), record.partition(), draft.key(), draft.value(), record.headers());
        Lanes.Admitted<V> admitted = value == null ? null : lanes.admit(breadcrumb);
        Append<V> append = new Append<>(breadcrumb, record.sizeBytes(), admitted, span);
        parts.log().append(record, append::ended);
        append.handOver();
        return append.future;
    }

    /** What a trace shows of an append: who reads the record goes on there. A draft that has its place keeps that. */
    private Span sending(Draft<?> draft) {
        if (!spans.on() || draft.trace() != null) {
            return Span.NONE;
        }
        String topic = draft.topic().name();
        return spans.begin(Spans.Kind.PRODUCER, "send " + topic, Trace.current())
                .set("messaging.system", "kafka")
                .set("messaging.operation.type", "send")
                .set("messaging.destination.name", topic);
    }

    private <V extends SpecificRecord> CompletableFuture<LogRecord> locate(Draft<V> draft, byte @Nullable [] value) {
        try {
            return CompletableFuture.completedFuture(located(draft, value, null));
        } catch (BusException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private LogRecord located(Draft<?> draft, byte @Nullable [] value, @Nullable String sending) {
        Topic<?> topic = draft.topic();
        if (value != null && value.length > parts.limits().recordBytes()) {
            throw new BusException(
                    ErrorCode.TOO_LARGE,
                    "a record for " + topic + " has " + value.length + " bytes, at most "
                            + parts.limits().recordBytes() + " are allowed");
        }
        byte[] key = draft.key().getBytes(StandardCharsets.UTF_8);
        int count = parts.log().partitions(topic.name());
        Integer chosen = draft.partition();
        int number = chosen == null ? partition(key, count) : chosen;
        if (number < 0 || number >= count) {
            throw new BusException(
                    ErrorCode.TOPIC, "topic " + topic + " has " + count + " partitions, " + number + " was asked");
        }
        String given = draft.trace() == null ? sending : draft.trace();
        String trace = given == null ? Trace.next(parts.random()) : given;
        Headers headers = new Headers(parts.instance(), seq.incrementAndGet(), trace);
        return new LogRecord(new Partition(topic.name(), number), key, value, headers, AnswerBy.headers(draft));
    }

    private static <T> CompletableFuture<T> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new BusException(code, message));
    }

    /** One append, from the call to its end. */
    private final class Append<V extends SpecificRecord> {

        final CompletableFuture<Position> future = new CompletableFuture<>();
        private final Breadcrumb<V> breadcrumb;
        private final int bytes;
        private final Lanes.@Nullable Admitted<V> admitted;
        private final Span span;
        private volatile boolean refused;

        Append(Breadcrumb<V> breadcrumb, int bytes, Lanes.@Nullable Admitted<V> admitted, Span span) {
            this.breadcrumb = breadcrumb;
            this.bytes = bytes;
            this.admitted = admitted;
            this.span = span;
        }

        /** The eager lane: the record is on its way to the log. */
        void handOver() {
            if (refused) {
                return;
            }
            if (admitted != null) {
                admitted.offer();
            }
            lanes.passing(breadcrumb, future);
        }

        void ended(Appended appended) {
            inFlightBytes.addAndGet(-bytes);
            switch (appended) {
                case Appended.Acknowledged acknowledged -> {
                    if (admitted != null) {
                        admitted.acknowledged(acknowledged.position().offset());
                    }
                    span.set(
                                    "messaging.destination.partition.id",
                                    breadcrumb.partition().number())
                            .set(
                                    "messaging.kafka.offset",
                                    acknowledged.position().offset())
                            .end();
                    lanes.acknowledged(breadcrumb, acknowledged.position().offset());
                    future.complete(acknowledged.position());
                }
                case Appended.Refused not -> {
                    refused = true;
                    BusException why = new BusException(
                            code(not.reason()), breadcrumb.topic() + " does not take the record: " + not.detail());
                    span.failed(why.code().name()).end();
                    if (admitted != null) {
                        admitted.notAppended(why);
                    }
                    future.completeExceptionally(why);
                }
                case Appended.Unknown unknown -> {
                    BusException why = new BusException(
                            ErrorCode.UNKNOWN,
                            "no acknowledgement for a record to " + breadcrumb.partition() + ", the log may have it: "
                                    + unknown.detail());
                    span.failed(why.code().name()).end();
                    if (admitted != null) {
                        admitted.appendUnknown(why);
                    }
                    future.completeExceptionally(why);
                }
            }
        }
    }

    private static ErrorCode code(Appended.Reason reason) {
        return switch (reason) {
            case FULL -> ErrorCode.CAPACITY;
            case AWAY -> ErrorCode.AWAY;
            case TOO_LARGE -> ErrorCode.TOO_LARGE;
            case CLOSED -> ErrorCode.CLOSED;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
        };
    }
}
