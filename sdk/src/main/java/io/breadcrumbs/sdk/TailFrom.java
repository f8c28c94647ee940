package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a tail reads.
 *
 * @param offsets the first offset of each partition to read; {@link #BEGINNING} and {@link #END} are allowed
 */
public record TailFrom<V extends SpecificRecord>(Topic<V> topic, Map<Integer, Long> offsets) {

    /** The oldest record that the partition still has. */
    public static final long BEGINNING = -2;

    /** The next record that the partition gets. */
    public static final long END = -1;

    public TailFrom {
        offsets = Map.copyOf(offsets);
    }
}
