package io.breadcrumbs.sdk.log;

/** Reading of chosen partitions, without a group. */
public interface PartitionReader extends Reader {

    /** Reads this partition too, from the given offset on. */
    void add(Partition partition, long from);

    /** Reads this partition no more. */
    void remove(Partition partition);
}
