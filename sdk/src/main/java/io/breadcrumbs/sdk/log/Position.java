package io.breadcrumbs.sdk.log;

/** Where a record stands in the log. */
public record Position(Partition partition, long offset) {

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
