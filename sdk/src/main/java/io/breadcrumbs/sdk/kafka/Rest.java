package io.breadcrumbs.sdk.kafka;

/**
 * How long who reads rests before the next poll, if all that came were copies of what this instance had published. A
 * poll a record would cost more than making it; so the longer nothing else comes, the longer the rest, in which copies
 * gather. What others publish ends that at once, and so does silence. The thread that polls owns it.
 */
public final class Rest {

    /** The first rest is shorter than the way of a record to another process and back. */
    private static final long FIRST_NANOS = 250_000;

    /** What others publish in the middle of copies waits so long at most. */
    private static final long MOST_NANOS = 4_000_000;

    private long nanos;

    /**
     * How many nanoseconds to rest now; 0 is none.
     *
     * @param copies whether the last poll brought something, and copies only
     */
    public long after(boolean copies) {
        long now = copies ? nanos : 0;
        nanos = copies ? Math.clamp(nanos * 2, FIRST_NANOS, MOST_NANOS) : 0;
        return now;
    }
}
