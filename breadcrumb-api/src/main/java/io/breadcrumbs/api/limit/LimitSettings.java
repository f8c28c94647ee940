package io.breadcrumbs.api.limit;

/**
 * How much callers may ask for.
 *
 * @param requestsPerSecond of one caller; 0: any number
 * @param burst so many of them at once
 * @param streams that one caller may have open on one instance
 * @param openRuns that one caller has started and that are not over, when it starts another one; 0: any number
 * @param bodyBytes of a request: room for the largest context, however it is escaped
 * @param headerBytes of a request, all of them
 * @param lineBytes of a request's address with its query
 */
public record LimitSettings(
        int requestsPerSecond, int burst, int streams, int openRuns, int bodyBytes, int headerBytes, int lineBytes) {

    /** Where callers are told apart. */
    public static final LimitSettings USUAL = new LimitSettings(1_000, 2_000, 200, 10_000, 20 << 20, 32 << 10, 8 << 10);

    /** Where there is only one. */
    public static final LimitSettings ALONE =
            USUAL.withRequests(0, 1).withStreams(10_000).withOpenRuns(0);

    public LimitSettings {
        atLeast("requestsPerSecond", requestsPerSecond, 0);
        atLeast("burst", burst, 1);
        atLeast("streams", streams, 0);
        atLeast("openRuns", openRuns, 0);
        atLeast("bodyBytes", bodyBytes, 1);
        atLeast("headerBytes", headerBytes, 1_024);
        atLeast("lineBytes", lineBytes, 1_024);
    }

    private static void atLeast(String name, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + number);
        }
    }

    public LimitSettings withRequests(int perSecond, int atOnce) {
        return new LimitSettings(perSecond, atOnce, streams, openRuns, bodyBytes, headerBytes, lineBytes);
    }

    public LimitSettings withStreams(int most) {
        return new LimitSettings(requestsPerSecond, burst, most, openRuns, bodyBytes, headerBytes, lineBytes);
    }

    public LimitSettings withOpenRuns(int most) {
        return new LimitSettings(requestsPerSecond, burst, streams, most, bodyBytes, headerBytes, lineBytes);
    }

    public LimitSettings withBytes(int body, int headers, int line) {
        return new LimitSettings(requestsPerSecond, burst, streams, openRuns, body, headers, line);
    }
}
