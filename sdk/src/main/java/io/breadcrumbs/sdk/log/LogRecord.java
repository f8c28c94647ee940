package io.breadcrumbs.sdk.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to append: where to, key, value and headers. The arrays are not changed by anybody after this.
 *
 * @param headers those of the bus
 * @param others all that are not, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, records of this type are never compared
public record LogRecord(
        Partition partition,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        List<OtherHeader> others) {

    private static final int OVERHEAD_BYTES = 128;

    public LogRecord {
        others = List.copyOf(others);
    }

    /** A record as a bus publishes it. */
    public LogRecord(Partition partition, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        this(partition, key, value, headers, List.of());
    }

    /** About what the record takes in a producer's buffer. */
    public int sizeBytes() {
        return OVERHEAD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
