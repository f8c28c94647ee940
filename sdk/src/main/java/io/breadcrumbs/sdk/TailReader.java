package io.breadcrumbs.sdk;

import io.breadcrumbs.sdk.log.Position;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads a tail: every record of a partition once, in the log's order. Partitions are read independently. A record at
 * which it throws counts as read.
 */
@FunctionalInterface
public interface TailReader<V extends SpecificRecord> {

    /** The next record. One call at a time per partition; a slow one delays that partition only. */
    void read(Breadcrumb<V> breadcrumb, Position position, Lane lane);

    /** The next record cannot be decoded: it counts as read. */
    default void unreadable(Position position, String reason) {}
}
