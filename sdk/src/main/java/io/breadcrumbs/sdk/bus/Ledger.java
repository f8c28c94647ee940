package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one group at one instance knows of one partition that it owns: which offsets are done, which records are being
 * handled, and whether the eager lane is open. Guarded by its monitor, under which it calls nobody.
 *
 * <p>A record of this instance can come twice: eagerly when it is published, and from the log. The ledger knows it by
 * its sequence number until its offset is known (from the acknowledgement, or from its log copy), and by its offset
 * from then on. If its append failed, the log may have it all the same: the sequence number is kept until the partition
 * has been read past the end that was seen after the failure.
 *
 * <p>The lane is open only while nothing older waits in the log: it closes at a refusal, when a record from the log
 * finds no room, and when too much is done beyond an unfinished record; it opens again when the log has been read to
 * its end and every refused record has come by.
 */
class Ledger<V extends SpecificRecord> {

    /** Brokers refuse a whole commit whose note is above 4,096 bytes. */
    static final int NOTE_BYTES = 4_000;

    private static final int MARGIN_BYTES = 500;

    /** Where nothing else changes, how far the answers reached is committed every so many times. */
    private static final int COMMIT_ANSWERS_EVERY = 50;

    private static final long NOTHING = -1;

    private final Partition partition;
    private final int openAtMost;
    private final Runnable changed;
    private final DoneOffsets done;
    private final Map<Long, Entry<V>> bySeq = new HashMap<>();
    private final Map<Long, Entry<V>> refused = new HashMap<>();
    private final List<Entry<V>> doubts = new ArrayList<>();
    private final List<Entry<V>> stranded = new ArrayList<>();
    private final AnswerMarks marks;
    private long position;
    private AnswerMarks.@Nullable Mark held;
    private long committed = NOTHING;
    private int committedBeyond;
    private int skipped;
    private int open;
    private boolean laneOpen;
    private boolean closing;
    private boolean forgotten;

    /**
     * @param changed called, without the monitor, when a record is done: there may be room, or nothing left to drain
     */
    Ledger(Partition partition, @Nullable Commit commit, int openAtMost, Runnable changed) {
        this.partition = partition;
        this.openAtMost = openAtMost;
        this.changed = changed;
        this.done = commit == null ? new DoneOffsets(0) : DoneOffsets.of(commit);
        this.position = done.base();
        this.marks = new AnswerMarks(done.answerEnds());
    }

    final Partition partition() {
        return partition;
    }

    // ------------------------------------------------------------------ eager lane

    /** Registers a record that is about to be appended; null if the lane is closed. */
    synchronized @Nullable Entry<V> admit(Breadcrumb<V> breadcrumb) {
        if (!laneOpen || closing || open >= openAtMost) {
            return null;
        }
        Entry<V> entry = new Entry<>(this, breadcrumb, Lane.EAGER, Entry.NOT_KNOWN, marks.open());
        bySeq.put(entry.seq(), entry);
        open++;
        return entry;
    }

    /** The receiver had no room: the record will come by the log, and no newer one before it. */
    synchronized void refused(Entry<V> entry) {
        if (!bySeq.remove(entry.seq(), entry)) {
            return; // it was not appended
        }
        close(entry);
        closeLane();
        if (entry.seen) {
            stranded.add(entry);
        } else {
            refused.put(entry.seq(), entry);
        }
    }

    /** The receiver took the record, and has handled nothing of it. */
    void givenBack(Entry<V> entry) {
        if (entry.lane() == Lane.EAGER) {
            refused(entry);
        } else {
            strand(entry);
        }
        changed.run();
    }

    private synchronized void strand(Entry<V> entry) {
        if (!entry.done && !forgotten) {
            close(entry);
            closeLane();
            stranded.add(entry);
        }
    }

    /** Records that were given back, or refused on the eager lane, after they had come by, for the loop to offer. */
    synchronized List<Entry<V>> takeStranded() {
        if (stranded.isEmpty()) {
            return List.of();
        }
        List<Entry<V>> taken = List.copyOf(stranded);
        stranded.clear();
        return taken;
    }

    /** The record is certainly not in the log: there is no copy to wait for. */
    void notAppended(Entry<V> entry, BusException why) {
        CompletableFuture<Position> awaited;
        synchronized (this) {
            drop(entry);
            awaited = entry.awaited();
        }
        if (awaited != null) {
            awaited.completeExceptionally(why);
        }
        changed.run();
    }

    void acknowledged(Entry<V> entry, long offset) {
        CompletableFuture<Position> awaited;
        synchronized (this) {
            place(entry, offset);
            awaited = entry.awaited();
        }
        if (awaited != null) {
            awaited.complete(new Position(partition, offset));
        }
        if (entry.done) {
            changed.run();
        }
    }

    /** The append failed, or nobody knows: {@link #doubtEnds} tells when that is over. */
    void appendUnknown(Entry<V> entry, BusException why) {
        CompletableFuture<Position> awaited;
        synchronized (this) {
            if (entry.offset != Entry.NOT_KNOWN) {
                return; // its copy came by
            }
            doubts.add(entry);
            awaited = entry.awaited();
        }
        if (awaited != null) {
            awaited.completeExceptionally(why);
        }
    }

    /** The end of the partition as it was seen after the append of this record failed. */
    synchronized void doubtEnds(Entry<V> entry, long end) {
        entry.doubtEnd = end;
        settleDoubts();
    }

    /** Opens the lane again, if nothing older than what comes now can be waiting. */
    synchronized void caughtUp() {
        if (!closing && refused.isEmpty() && stranded.isEmpty() && done.noteBytesAtMost() < NOTE_BYTES / 2) {
            openLane();
        }
    }

    final void openLane() {
        laneOpen = true;
    }

    synchronized boolean laneIsOpen() {
        return laneOpen && !closing;
    }

    synchronized void closeLane() {
        laneOpen = false;
    }

    // ------------------------------------------------------------------ log

    /**
     * Takes note of the next record of the log.
     *
     * @param seq its sequence number if this instance published it, -1 otherwise
     * @return true if it has not been handled and is not being handled
     */
    boolean fetched(long offset, long seq) {
        Entry<V> known;
        CompletableFuture<Position> awaited;
        synchronized (this) {
            if (offset < position) {
                return false; // it came before
            }
            position = offset + 1;
            known = seq < 0 ? null : bySeq.get(seq);
            if (known == null) {
                refused.remove(seq);
                settleDoubts();
                return !done.contains(offset);
            }
            known.seen = true;
            place(known, offset);
            settleDoubts();
            awaited = known.awaited();
        }
        if (awaited != null) {
            awaited.complete(new Position(partition, offset));
        }
        return false;
    }

    /** Makes the entry of a record that came by the log. */
    synchronized Entry<V> enter(Breadcrumb<V> breadcrumb, long offset) {
        Entry<V> entry = new Entry<>(this, breadcrumb, Lane.LOG, offset, marks.open());
        open++;
        return entry;
    }

    /** The receiver had no room for a record from the log: it stays first in line. */
    synchronized void unenter(Entry<V> entry) {
        close(entry);
        closeLane();
    }

    /** A record that needs no handling. */
    synchronized void skip(long offset) {
        done.add(offset);
    }

    // ------------------------------------------------------------------ both

    void done(Entry<V> entry) {
        synchronized (this) {
            if (entry.done || forgotten) {
                entry.done = true;
                return;
            }
            entry.done = true;
            if (entry.offset != Entry.NOT_KNOWN) {
                finish(entry);
            }
            if (laneOpen && done.noteBytesAtMost() > NOTE_BYTES - MARGIN_BYTES) {
                closeLane();
            }
        }
        changed.run();
    }

    private void place(Entry<V> entry, long offset) {
        if (entry.offset != Entry.NOT_KNOWN) {
            return;
        }
        entry.offset = offset;
        doubts.remove(entry);
        if (entry.done) {
            finish(entry);
        }
    }

    private void finish(Entry<V> entry) {
        done.add(entry.offset);
        close(entry);
        if (entry.lane() == Lane.EAGER) {
            bySeq.remove(entry.seq());
        }
    }

    private void settleDoubts() {
        if (!doubts.isEmpty()) {
            doubts.removeIf(entry -> {
                boolean over = entry.doubtEnd != Entry.NOT_KNOWN && position >= entry.doubtEnd;
                if (over) {
                    drop(entry); // it is not in the log: nobody will bring it again, and it has no offset
                }
                return over;
            });
        }
    }

    /** Forgets an eager record that has no place in the log. */
    private void drop(Entry<V> entry) {
        refused.remove(entry.seq(), entry);
        if (bySeq.remove(entry.seq(), entry)) {
            close(entry);
        }
    }

    private void close(Entry<V> entry) {
        open--;
        entry.mark.close();
    }

    /** No room for more: too much is open, too much is done beyond an unfinished record, or it takes nothing more. */
    synchronized boolean full() {
        return closing || open >= openAtMost || done.noteBytesAtMost() > NOTE_BYTES - MARGIN_BYTES;
    }

    /** Records that are being handled, or whose place in the log is not known yet. */
    synchronized int open() {
        return open;
    }

    /** The answer partitions reach at least this far: answers to what is taken from now on stand behind that. */
    synchronized void answersReached(long[] ends) {
        marks.reached(ends);
    }

    /** Keeps saying what the former owner said of the answers, until all that it may have answered has been read. */
    synchronized void holdAnswers() {
        held = marks.hold();
    }

    synchronized void releaseAnswers() {
        if (held != null) {
            held.close();
            held = null;
        }
    }

    /** The offset after the last one that came by. */
    synchronized long position() {
        return position;
    }

    /** How far the answers reached when the former owner committed; empty if that is not known. */
    synchronized long[] inheritedAnswers() {
        return done.answerEnds();
    }

    /** What there is to commit; null if it is what was committed last. */
    synchronized @Nullable Commit commit() {
        long[] answers = marks.oldest();
        skipped++;
        if (done.base() == committed
                && done.beyond() == committedBeyond
                && (Arrays.equals(answers, done.answerEnds()) || skipped < COMMIT_ANSWERS_EVERY)) {
            return null;
        }
        skipped = 0;
        committed = done.base();
        committedBeyond = done.beyond();
        done.answersFrom(answers);
        return done.commit();
    }

    /** The last commit did not happen: the next one says it all again. */
    synchronized void commitFailed() {
        committed = NOTHING;
    }

    /** Takes nothing more. */
    synchronized void close() {
        closing = true;
        laneOpen = false;
    }

    synchronized boolean drained() {
        return closing && open == 0;
    }

    /** The partition is not ours any more; the last commit, if it still may be made. */
    synchronized Commit forget() {
        closing = true;
        forgotten = true;
        bySeq.clear();
        refused.clear();
        doubts.clear();
        stranded.clear();
        done.answersFrom(marks.oldest());
        return done.commit();
    }
}
