package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A breadcrumb before it is published.
 *
 * @param key its key; the partition is the key's hash unless {@code partition} says otherwise
 * @param value null only for a tombstone
 * @param value the Avro record; nobody may change it once it is published
 * @param partition the partition, where the publisher chooses it
 * @param trace the W3C traceparent; null takes that of the record being handled
 */
public record Draft<V extends SpecificRecord>(
        Topic<V> topic,
        String key,
        @Nullable V value,
        @Nullable Integer partition,
        @Nullable String trace) {

    public static <V extends SpecificRecord> Draft<V> of(Topic<V> topic, String key, V value) {
        return new Draft<>(topic, key, value, null, null);
    }

    /** Ends a key: readers of a compacted topic forget what they know of it. */
    public static <V extends SpecificRecord> Draft<V> tombstone(Topic<V> topic, String key) {
        return new Draft<>(topic, key, null, null, null);
    }

    public Draft<V> to(int partition) {
        return new Draft<>(topic, key, value, partition, trace);
    }

    public Draft<V> traced(String traceparent) {
        return new Draft<>(topic, key, value, partition, traceparent);
    }
}
