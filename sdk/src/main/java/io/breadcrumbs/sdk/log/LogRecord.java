package io.breadcrumbs.sdk.log;

import org.jspecify.annotations.Nullable;

/** A record to append: where to, key, value and headers. The arrays are not changed by anybody after this. */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, records of this type are never compared
public record LogRecord(Partition partition, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

    private static final int OVERHEAD_BYTES = 128;

    /** About what the record takes in a producer's buffer. */
    public int sizeBytes() {
        return OVERHEAD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
