package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.sdk.log.Headers;
import io.breadcrumbs.sdk.log.Partition;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A published breadcrumb, the same on every lane.
 *
 * @param value the Avro record; null only for a tombstone. Others hold the same object: nobody may change it
 */
public record Breadcrumb<V extends SpecificRecord>(
        Topic<V> topic,
        Partition partition,
        String key,
        @Nullable V value,
        Headers headers) {

    /** The Avro record of a breadcrumb that is known not to be a tombstone. */
    public V body() {
        V present = value;
        if (present == null) {
            throw new IllegalStateException("expected a value, got the tombstone of key " + key + " in " + partition);
        }
        return present;
    }
}
