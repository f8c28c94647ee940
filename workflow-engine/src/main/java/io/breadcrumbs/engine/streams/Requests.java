package io.breadcrumbs.engine.streams;

import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.OpenCall;
import io.breadcrumbs.sdk.bus.AnswerBy;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Tells the memory of requests that no run has made. Those of runs, which are most, cost a look at a header. */
final class Requests {

    private Requests() {}

    /** By when a request is to be answered that has no header about it. */
    @FunctionalInterface
    interface Look {
        long into(String key, byte[] value);
    }

    static void take(Memory told, Record<byte[], byte[]> record, byte[] value, RecordMetadata at, Look look) {
        Header header = record.headers().lastHeader(AnswerBy.HEADER);
        long by = AnswerBy.read(header == null ? null : header.value());
        if (by == AnswerBy.NEVER || record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        long deadline = by == AnswerBy.UNKNOWN ? look.into(key, value) : by;
        if (deadline != AnswerBy.NEVER) {
            told.asked(new OpenCall(key, deadline, at.topic(), at.offset()));
        }
    }
}
