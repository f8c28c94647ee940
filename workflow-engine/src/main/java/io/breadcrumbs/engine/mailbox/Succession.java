package io.breadcrumbs.engine.mailbox;

/**
 * Which records of a partition that this process has published are the next in the log, though the log has not brought
 * them yet: all before them were handed over. One thread at a time.
 */
public final class Succession {

    private static final long UNKNOWN = -1;

    private long next = UNKNOWN;

    /**
     * Whether the record that stands there may be handed over now. If so, it counts as handed over.
     *
     * @param read before this offset all was handed over that the log has; negative while that is not known
     */
    public boolean follows(long offset, long read) {
        next = Math.max(next, read);
        boolean follows = offset == next;
        if (follows) {
            next++;
        }
        return follows;
    }

    /** What was handed over since the log was read is worth nothing. */
    public void forget() {
        next = UNKNOWN;
    }
}
