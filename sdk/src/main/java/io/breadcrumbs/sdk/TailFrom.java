package io.breadcrumbs.sdk;

import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a tail reads.
 *
 * @param offsets the first offset of each partition to read; {@link #BEGINNING}, {@link #END} and {@link #newest} are
 *     allowed
 * @param others where all other partitions begin; null if they are not read
 */
public record TailFrom<V extends SpecificRecord>(
        Topic<V> topic,
        Map<Integer, Long> offsets,
        @Nullable Long others) {

    /** The oldest record that the partition still has. */
    public static final long BEGINNING = -2;

    /** The next record that the partition gets. */
    public static final long END = -1;

    /** The newest so many offsets of the partition, and all that come after them. */
    public static long newest(int count) {
        return BEGINNING - count;
    }

    public TailFrom {
        offsets = Map.copyOf(offsets);
    }

    /** These partitions only. */
    public TailFrom(Topic<V> topic, Map<Integer, Long> offsets) {
        this(topic, offsets, null);
    }

    /** All partitions of a topic, as far back as it goes. */
    public static <V extends SpecificRecord> TailFrom<V> beginning(Topic<V> topic) {
        return new TailFrom<>(topic, Map.of(), BEGINNING);
    }

    /** All partitions of a topic, from the newest so many offsets of each on. */
    public static <V extends SpecificRecord> TailFrom<V> newest(Topic<V> topic, int count) {
        return new TailFrom<>(topic, Map.of(), newest(count));
    }

    /** All partitions of a topic, from the next record on. */
    public static <V extends SpecificRecord> TailFrom<V> end(Topic<V> topic) {
        return new TailFrom<>(topic, Map.of(), END);
    }
}
