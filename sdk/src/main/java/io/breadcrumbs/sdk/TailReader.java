package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Position;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tail: every record of a partition once, in the log's order. Partitions are read independently. A record at
 * which it throws counts as read.
 */
@FunctionalInterface
public interface TailReader<V extends SpecificRecord> {

    /** The next record. One call at a time per partition; a slow one delays that partition only. */
    void read(Breadcrumb<V> breadcrumb, Position position, Lane lane);

    /** The keys of the records that it reads, others are not even decoded; null: it reads all. Asked once. */
    default @Nullable Predicate<String> keys() {
        return null;
    }

    /** The next record cannot be decoded: it counts as read. */
    default void unreadable(Position position, String reason) {}
}
