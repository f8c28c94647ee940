package io.breadcrumbs.sdk.log;

import java.util.OptionalLong;

/** Reading of chosen partitions, without a group. */
public interface PartitionReader extends Reader {

    /** Reads this partition too, from the given offset on. */
    void add(Partition partition, long from);

    /** The offset from which the next poll reads on: all before it was polled, or is no record for readers. */
    long position(Partition partition);

    /** How many records are behind the last one polled, as far as the last fetch told; empty if it is not known. */
    OptionalLong lag(Partition partition);

    /** Reads this partition no more. */
    void remove(Partition partition);
}
