package io.breadcrumbs.engine.streams;

import io.breadcrumbs.engine.coordinator.Coordinator;
import io.breadcrumbs.engine.coordinator.Coordinators;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.UndecodableException;
import io.breadcrumbs.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the memory of one partition what stands in its log. Streams makes one for each partition that it is given. */
final class MemoryProcessor implements Processor<byte[], byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryProcessor.class);

    private final Wire wire;
    private final Coordinators coordinators;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable Memory memory;
    private @Nullable Coordinator coordinator;

    MemoryProcessor(Wire wire, Coordinators coordinators) {
        this.wire = wire;
        this.coordinators = coordinators;
    }

    @Override
    public void init(ProcessorContext<Void, Void> given) {
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
        if (at.topic().equals(Catalogue.WORKFLOW_EVENT.name())) {
            var event = decode(Catalogue.WORKFLOW_EVENT, value, at);
            if (event != null) {
                told.journal(event, at.offset(), value);
            }
        } else if (at.topic().equals(Catalogue.WORKFLOW_COMMAND.name())) {
            var command = decode(Catalogue.WORKFLOW_COMMAND, value, at);
            if (command != null) {
                told.command(command, at.offset(), value, trace(record));
            }
        } else {
            var answer = decode(Catalogue.TOOL_RESPONSE, value, at);
            if (answer != null) {
                told.answer(answer, at.offset(), value, trace(record));
            }
        }
    }

    private <V extends SpecificRecord> @Nullable V decode(Topic<V> topic, byte[] value, RecordMetadata at) {
        try {
            wire.learn(value);
            return wire.decode(topic, value);
        } catch (UndecodableException e) {
            LOG.warn("{}-{}@{} is passed over: {}", at.topic(), at.partition(), at.offset(), e.getMessage());
            return null;
        }
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
