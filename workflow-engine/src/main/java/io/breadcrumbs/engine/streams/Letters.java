package io.breadcrumbs.engine.streams;

import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.bus.DeadLetters;
import io.breadcrumbs.sdk.bus.Limits;
import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.OtherHeader;
import io.breadcrumbs.sdk.log.Partition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes dead letters of what Streams has read. */
final class Letters {

    private Letters() {}

    /** The letter about a record that cannot be taken in, under its key. */
    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, RecordMetadata at, String reason, String instance, Wire wire) {
        List<OtherHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new OtherHeader(header.key(), header.value()));
        }
        Partition partition = new Partition(at.topic(), at.partition());
        Fetched fetched = new Fetched(
                new LogRecord(partition, record.key(), record.value(), Headers.NONE, headers),
                at.offset(),
                record.timestamp());
        Instant now = Instant.now();
        DeadLetter letter = DeadLetters.of(fetched, reason, now, instance, Limits.DEFAULT.bodyBytes());
        byte[] key = fetched.position().toString().getBytes(StandardCharsets.UTF_8);
        return new Record<>(key, wire.encode(Catalogue.DEAD_LETTER, letter), now.toEpochMilli());
    }
}
