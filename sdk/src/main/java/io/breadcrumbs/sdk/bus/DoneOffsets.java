package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.log.Commit;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The offsets of a partition that are done: all before {@code base}, and some beyond it. Not thread-safe.
 *
 * <p>As a commit's note: a version, then variable-length numbers in Base64: how many answer partitions there are and
 * how far each reached, then the done runs beyond the base as pairs (gap, length). Brokers refuse a note above 4,096
 * bytes; {@link #noteBytesAtMost} says early how near that is.
 */
final class DoneOffsets {

    private static final String VERSION = "b1:";
    private static final int SHIFT_AFTER = 1 << 20;
    private static final long BITMAP = 1L << 32;
    private static final int HEAD_BYTES = 8;
    private static final int RUN_BYTES = 8;
    private static final int EXACT_FROM_RUNS = 128;
    private static final int EXACT_EVERY_ADDS = 32;

    /** Done offsets beyond the base, relative to {@code origin}. */
    private RoaringBitmap beyond = new RoaringBitmap();

    private long origin;
    private long base;
    private int runs;
    private int exactNoteBytes;
    private int addsSinceExact;
    private long[] answerEnds = {};

    DoneOffsets(long base) {
        this.origin = base;
        this.base = base;
    }

    /** What a former owner committed. A note that is not ours says nothing: the base is all there is. */
    static DoneOffsets of(Commit commit) {
        if (!commit.note().startsWith(VERSION)) {
            return new DoneOffsets(commit.offset());
        }
        try {
            byte[] note = Base64.getDecoder().decode(commit.note().substring(VERSION.length()));
            return of(commit.offset(), ByteBuffer.wrap(note));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return new DoneOffsets(commit.offset());
        }
    }

    private static DoneOffsets of(long base, ByteBuffer note) {
        DoneOffsets done = new DoneOffsets(base);
        long[] ends = new long[(int) within(0, number(note), note.remaining())];
        for (int p = 0; p < ends.length; p++) {
            ends[p] = within(0, number(note), Long.MAX_VALUE);
        }
        done.answerEnds = ends;
        long at = 0;
        while (note.hasRemaining()) {
            at += within(1, number(note), BITMAP - at);
            long length = within(1, number(note), BITMAP - at);
            done.beyond.add(at, at + length);
            done.runs++;
            at += length;
        }
        return done;
    }

    private static long within(long least, long number, long most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException("expected " + least + " to " + most + ", got " + number);
        }
        return number;
    }

    /** How far each answer partition reached when this was committed; empty if that was not known. */
    long[] answerEnds() {
        return answerEnds;
    }

    /** From here on commits say that the answer partitions reached this far. */
    void answersFrom(long[] ends) {
        answerEnds = ends;
        exactNoteBytes = 0;
    }

    /** The first offset that is not done. */
    long base() {
        return base;
    }

    boolean contains(long offset) {
        return offset < base || (runs > 0 && beyond.contains((int) (offset - origin)));
    }

    void add(long offset) {
        if (contains(offset)) {
            return;
        }
        addsSinceExact++;
        if (offset > base) {
            beyond.add((int) (offset - origin));
            runs += 1 - (offset - 1 > base && contains(offset - 1) ? 1 : 0) - (contains(offset + 1) ? 1 : 0);
            return;
        }
        base++;
        if (runs > 0 && contains(base)) {
            base = origin + beyond.nextAbsentValue((int) (base - origin));
            beyond.remove(0L, base - origin);
            runs--;
        }
        if (base - origin > SHIFT_AFTER) {
            beyond = RoaringBitmap.addOffset(beyond, origin - base);
            origin = base;
        }
    }

    /** How many offsets beyond the base are done. */
    int beyond() {
        return beyond.getCardinality();
    }

    /** A bound for the length of the note that is cheap to know. */
    int noteBytesAtMost() {
        if (runs < EXACT_FROM_RUNS) {
            return HEAD_BYTES + (runs + answerEnds.length) * RUN_BYTES;
        }
        if (exactNoteBytes == 0 || addsSinceExact > EXACT_EVERY_ADDS) {
            exactNoteBytes = note().length();
            addsSinceExact = 0;
        }
        return exactNoteBytes + addsSinceExact * RUN_BYTES;
    }

    Commit commit() {
        return new Commit(base, note());
    }

    private String note() {
        ByteArrayOutputStream note = new ByteArrayOutputStream();
        number(note, answerEnds.length);
        for (long end : answerEnds) {
            number(note, end);
        }
        PeekableIntIterator offsets = beyond.getIntIterator();
        long last = base - origin;
        while (offsets.hasNext()) {
            long from = Integer.toUnsignedLong(offsets.next());
            long end = beyond.nextAbsentValue((int) from);
            number(note, from - last);
            number(note, end - from);
            last = end;
            offsets.advanceIfNeeded((int) end);
        }
        return VERSION + Base64.getEncoder().withoutPadding().encodeToString(note.toByteArray());
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        while (true) {
            int next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }
}
