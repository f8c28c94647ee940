package io.breadcrumbs.engine.streams;

import io.breadcrumbs.engine.coordinator.Coordinator;
import io.breadcrumbs.engine.coordinator.Coordinators;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.bus.AnswerBy;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Tells the memory of one partition what stands in its log. Streams makes one for each partition that it is given.
 * Whatever cannot be taken in is forwarded as a dead letter, in the transaction that passes over it: whoever has the
 * partition next neither meets it again nor misses the letter.
 */
final class MemoryProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final Wire wire;
    private final Coordinators coordinators;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable Memory memory;
    private @Nullable Coordinator coordinator;

    MemoryProcessor(Wire wire, Coordinators coordinators) {
        this.wire = wire;
        this.coordinators = coordinators;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
        memory = new Memory(new StoreRows(given.getStateStore(EngineTopology.STORE)), wire);
        coordinator = coordinators.attach(given.taskId().partition(), memory);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        byte[] value = record.value();
        RecordMetadata at = Objects.requireNonNull(context).recordMetadata().orElseThrow();
        Memory told = Objects.requireNonNull(memory);
        if (value == null) {
            if (at.topic().equals(Catalogue.WORKFLOW_EVENT.name())) {
                told.removed(record.key(), at.offset());
            }
            return;
        }
        if (at.topic().startsWith(Catalogue.TOOL_REQUEST.name())) {
            Requests.take(told, record, value, at, this::lookInto);
            return;
        }
        wire.learn(value);
        try {
            take(told, record, value, at);
        } catch (UndecodableException e) {
            bury(record, at, String.valueOf(e.getMessage()));
        }
    }

    private void take(Memory told, Record<byte[], byte[]> record, byte[] value, RecordMetadata at)
            throws UndecodableException {
        if (at.topic().equals(Catalogue.WORKFLOW_EVENT.name())) {
            told.journal(wire.decode(Catalogue.WORKFLOW_EVENT, value), at.offset(), value);
        } else if (at.topic().equals(Catalogue.TOOL_RESPONSE.name())) {
            told.answer(wire.decode(Catalogue.TOOL_RESPONSE, value), at.offset(), value, trace(record));
        } else {
            WorkflowCommand command = wire.decode(Catalogue.WORKFLOW_COMMAND, value);
            if (!told.command(command, at.offset(), value, trace(record))) {
                bury(record, at, Message.EXPECTED);
            }
        }
    }

    /** By when a request is to be answered whose publisher does not know the bus. */
    private long lookInto(String key, byte[] value) {
        wire.learn(value);
        try {
            long by = AnswerBy.of(wire.decode(Catalogue.TOOL_REQUEST, value), key);
            int partition = Objects.requireNonNull(context).taskId().partition();
            return coordinators.isHome(key, partition) ? by : AnswerBy.NEVER;
        } catch (UndecodableException e) {
            return AnswerBy.NEVER; // the runners of its pool make a dead letter of it
        }
    }

    private void bury(Record<byte[], byte[]> record, RecordMetadata at, String reason) {
        ProcessorContext<byte[], byte[]> to = Objects.requireNonNull(context);
        to.forward(Letters.of(record, at, reason, coordinators.instance(), wire));
    }

    private static @Nullable String trace(Record<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("traceparent");
        return header == null ? null : new String(header.value(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        Coordinator acting = coordinator;
        if (acting != null) {
            coordinators.detach(Objects.requireNonNull(context).taskId().partition(), acting);
        }
    }

    /** The type of what the store has. */
    static org.apache.kafka.common.serialization.Serde<Bytes> keys() {
        return org.apache.kafka.common.serialization.Serdes.Bytes();
    }
}
