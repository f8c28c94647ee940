package io.breadcrumbs.sdk.log;

import org.jspecify.annotations.Nullable;

/**
 * What every record carries beside key and value.
 *
 * @param origin the instance that published it; null for a record of a client that does not know the bus
 * @param seq its number among all records of that instance; -1 without origin
 * @param trace the W3C traceparent
 */
public record Headers(
        @Nullable String origin, long seq, @Nullable String trace) {

    /** The headers of a record that no bus published. */
    public static final Headers NONE = new Headers(null, -1, null);

    /** Did this instance publish the record? */
    public boolean of(String instance) {
        return instance.equals(origin);
    }
}
