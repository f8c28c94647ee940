package io.breadcrumbs.sdk.journal;

import io.breadcrumbs.schemas.WorkflowEvent;

/**
 * Whose decisions count in a partition of the journal. The log alone says so: the last takeover that was read begins an
 * epoch, and a batch counts if it was decided in it and goes on exactly where its run stands. Every reader that has
 * read as far comes to the same. One thread at a time.
 */
public final class Reign {

    /** Before the first takeover. */
    public static final long NONE = -1;

    private long epoch = NONE;
    private String owner = "";

    /** The offset of the last takeover. */
    public long epoch() {
        return epoch;
    }

    /** The instance that took over last; empty if none did. */
    public String owner() {
        return owner;
    }

    /** Goes on from what a reader has stored. */
    public void restore(long storedEpoch, String storedOwner) {
        epoch = storedEpoch;
        owner = storedOwner;
    }

    /** A takeover was read. */
    public void takenOver(WorkflowEvent takeover, long offset) {
        epoch = offset;
        owner = takeover.getInstance();
    }

    /**
     * Whether a batch counts.
     *
     * @param next the number that the next event of its run gets
     */
    public boolean accepts(WorkflowEvent batch, long next) {
        return isOfOwner(batch) && batch.getSequence() == next;
    }

    /**
     * Whether a batch is the first of a run of which a reader knows more than that: the run was deleted and something
     * is decided about its id anew, and the log has lost what came between. An owner begins no run that it knows.
     *
     * @param next the number that the next event of its run would get
     */
    public boolean beginsAnew(WorkflowEvent batch, long next) {
        return next > 0 && batch.getSequence() == 0 && isOfOwner(batch);
    }

    /** Whether a batch was decided by the owner, in its epoch; it counts only if it goes on where its run stands. */
    public boolean isOfOwner(WorkflowEvent batch) {
        return epoch != NONE && batch.getEpoch() == epoch && batch.getInstance().equals(owner);
    }
}
