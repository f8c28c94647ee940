package io.breadcrumbs.sdk.bus;

import java.time.Duration;

/**
 * The bounds of a bus; what happens at each is said where it is used.
 *
 * @param inFlightBytes what may wait for its acknowledgement; beyond it, publish refuses
 * @param openRecords what a group may have open in one partition; beyond it, the log keeps the rest
 * @param recordBytes a larger encoded record is refused
 * @param bodyBytes a larger body goes into chunks of its own, and the record names them
 * @param commitEvery how often done offsets are committed
 */
public record Limits(long inFlightBytes, int openRecords, int recordBytes, int bodyBytes, Duration commitEvery) {

    public static final Limits DEFAULT = new Limits(24L << 20, 20_000, 1_000_000, 512 << 10, Duration.ofMillis(200));

    public Limits {
        if (bodyBytes >= recordBytes) {
            throw new IllegalArgumentException(
                    "bodyBytes: expected less than recordBytes (" + recordBytes + "), got " + bodyBytes);
        }
    }
}
