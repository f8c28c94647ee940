package io.breadcrumbs.sdk.bus;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How far the answer partitions reached when the records that are open were taken: answers to them stand behind that. A
 * new mark is made when more is known, an old one goes when nothing of its time is open. Guarded by the ledger's
 * monitor.
 */
final class AnswerMarks {

    /** One moment, and how many records that were taken since then, before the next mark, are open. */
    static final class Mark {

        private final long[] ends;
        private int open;

        private Mark(long[] ends) {
            this.ends = ends;
        }

        void close() {
            open--;
        }
    }

    private final Deque<Mark> marks = new ArrayDeque<>();

    AnswerMarks(long[] inherited) {
        marks.add(new Mark(inherited));
    }

    /** The mark of a record that is taken now. */
    Mark open() {
        Mark now = marks.getLast();
        now.open++;
        return now;
    }

    /** The answer partitions reach at least this far. */
    void reached(long[] ends) {
        if (!Arrays.equals(ends, marks.getLast().ends)) {
            marks.removeIf(mark -> mark.open == 0); // else as many would pile up as are made while one record is open
            marks.add(new Mark(ends));
        }
    }

    /** How many marks there are. */
    int kept() {
        return marks.size();
    }

    /** Keeps the oldest mark until it is closed. */
    Mark hold() {
        Mark oldest = marks.getFirst();
        oldest.open++;
        return oldest;
    }

    /** Where answers to what is open, and to what comes, are found. */
    long[] oldest() {
        while (marks.size() > 1 && marks.getFirst().open == 0) {
            marks.removeFirst();
        }
        return marks.getFirst().ends;
    }
}
