package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Partition;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Deliberately broken ledgers and cursors: the simulation must catch each. */
final class Mutations {

    enum Mutation {
        COMMITS_PAST_UNFINISHED,
        DONE_BEFORE_ANSWER,
        NO_DUPLICATE_CHECK,
        LANE_OPEN_AFTER_REFUSAL,
        FORGETS_FAILED_APPEND,
        TAIL_OUT_OF_ORDER,
        FORGETS_FAILED_COMMIT,
        IGNORES_WHAT_WAS_ANSWERED,
        FORGETS_WHAT_IS_GIVEN_BACK
    }

    private Mutations() {}

    static LaneBus.Mechanism with(Mutation mutation) {
        return new LaneBus.Mechanism(
                new GroupLoop.Ledgers() {
                    @Override
                    public <V extends SpecificRecord> Ledger<V> make(
                            Partition partition, @Nullable Commit commit, int openAtMost, Runnable changed) {
                        return new BrokenLedger<>(partition, commit, changed, mutation);
                    }
                },
                new TailLoop.Cursors() {
                    @Override
                    public <V extends SpecificRecord> TailCursor<V> make(
                            Partition partition, TailReader<V> reader, Parts parts, Runnable room) {
                        return new BrokenCursor<>(partition, reader, parts, room, mutation);
                    }
                });
    }

    private static final class BrokenLedger<V extends SpecificRecord> extends Ledger<V> {

        private static final int OPEN_AT_MOST = 40;

        private final Mutation mutation;
        private long highestDone = -1;

        BrokenLedger(Partition partition, @Nullable Commit commit, Runnable changed, Mutation mutation) {
            super(partition, commit, OPEN_AT_MOST, changed);
            this.mutation = mutation;
        }

        @Override
        void done(Entry<V> entry) {
            super.done(entry);
            highestDone = Math.max(highestDone, entry.offset);
        }

        @Override
        synchronized @Nullable Commit commit() {
            Commit sound = super.commit();
            return mutation == Mutation.COMMITS_PAST_UNFINISHED && sound != null && highestDone >= sound.offset()
                    ? new DoneOffsets(highestDone + 1).commit()
                    : sound;
        }

        @Override
        boolean fetched(long offset, long seq) {
            return super.fetched(offset, seq) || mutation == Mutation.NO_DUPLICATE_CHECK;
        }

        @Override
        synchronized void refused(Entry<V> entry) {
            boolean open = laneIsOpen();
            super.refused(entry);
            if (mutation == Mutation.LANE_OPEN_AFTER_REFUSAL && open) {
                openLane();
            }
        }

        @Override
        synchronized List<Entry<V>> takeStranded() {
            List<Entry<V>> sound = super.takeStranded();
            return mutation == Mutation.FORGETS_WHAT_IS_GIVEN_BACK
                    ? sound.stream().filter(entry -> entry.lane() != Lane.LOG).toList()
                    : sound;
        }

        @Override
        synchronized void commitFailed() {
            if (mutation != Mutation.FORGETS_FAILED_COMMIT) {
                super.commitFailed();
            }
        }

        @Override
        synchronized long[] inheritedAnswers() {
            return mutation == Mutation.IGNORES_WHAT_WAS_ANSWERED ? new long[0] : super.inheritedAnswers();
        }

        @Override
        void appendUnknown(Entry<V> entry, BusException why) {
            super.appendUnknown(entry, why);
            if (mutation == Mutation.FORGETS_FAILED_APPEND) {
                doubtEnds(entry, 0);
            }
        }
    }

    private static final class BrokenCursor<V extends SpecificRecord> extends TailCursor<V> {

        private final Mutation mutation;

        BrokenCursor(Partition partition, TailReader<V> reader, Parts parts, Runnable room, Mutation mutation) {
            super(partition, reader, parts.hands(), room);
            this.mutation = mutation;
        }

        @Override
        boolean mayPass(long offset) {
            return mutation == Mutation.TAIL_OUT_OF_ORDER ? offset >= next() : super.mayPass(offset);
        }
    }
}
