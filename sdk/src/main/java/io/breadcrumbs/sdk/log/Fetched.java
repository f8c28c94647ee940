package io.breadcrumbs.sdk.log;

/** A record as the log gave it back. */
public record Fetched(LogRecord record, long offset, long timestampMs) {

    public Partition partition() {
        return record.partition();
    }

    public Position position() {
        return new Position(record.partition(), offset);
    }
}
