package io.breadcrumbs.sdk.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Partition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a ledger commits, and what its successor makes of it. */
class LedgerCommitTest {

    private static final Partition PARTITION = new Partition(Catalogue.TOOL_CANCEL.name(), 0);
    private static final int OPEN_AT_MOST = 10_000;
    private static final int OTHERS = -1;

    private final Ledger<ToolCancel> ledger = ledger(null);

    private static Ledger<ToolCancel> ledger(@Nullable Commit commit) {
        return new Ledger<>(PARTITION, commit, OPEN_AT_MOST, () -> {});
    }

    /** A record of somebody else comes by the log. */
    private Entry<ToolCancel> fetched(long offset) {
        assertThat(ledger.fetched(offset, OTHERS)).isTrue();
        return ledger.enter(Cancels.numbered(PARTITION, OTHERS), offset);
    }

    private static DoneOffsets said(@Nullable Commit commit) {
        return DoneOffsets.of(requireNonNull(commit));
    }

    @Test
    void shouldCommitNothingWhereNothingChanged() {
        // Given
        fetched(0).done();
        ledger.commit();

        // When
        Commit again = ledger.commit();

        // Then
        assertThat(again).isNull();
    }

    @Test
    void shouldCommitWhatIsDoneBeyondAnUnfinishedRecord() {
        // Given
        fetched(0);
        Entry<ToolCancel> second = fetched(1);
        ledger.commit();

        // When
        second.done();

        // Then
        DoneOffsets said = said(ledger.commit());
        assertThat(said.base()).isZero();
        assertThat(said.contains(1)).isTrue();
    }

    @Test
    void shouldSayAgainWhatCouldNotBeCommitted() {
        // Given
        fetched(0).done();
        Commit failed = ledger.commit();

        // When
        ledger.commitFailed();

        // Then
        assertThat(ledger.commit()).isEqualTo(failed);
    }

    @Test
    void shouldBeginWhereTheFormerOwnerEnded() {
        // Given
        fetched(0).done();
        fetched(1);
        fetched(2).done();

        // When
        Ledger<ToolCancel> next = ledger(ledger.commit());

        // Then
        assertThat(next.position()).isEqualTo(1);
        assertThat(next.fetched(1, OTHERS)).isTrue();
        assertThat(next.fetched(2, OTHERS)).isFalse();
    }

    @Test
    void shouldTakeNoMoreBeforeTheNoteIsTooLong() {
        // Given
        ledger.caughtUp();

        // When
        finishEverySecondUntilFull();

        // Then
        assertThat(ledger.laneIsOpen()).isFalse();
        Commit commit = requireNonNull(ledger.commit());
        assertThat(commit.note().length()).isBetween(Ledger.NOTE_BYTES / 2, Ledger.NOTE_BYTES);
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isFalse();
    }

    @Test
    void shouldTakeMoreWhenTheNoteIsShortAgain() {
        // Given
        finishEverySecondUntilFull();

        // When
        for (long offset = 0; offset < ledger.position(); offset++) {
            ledger.skip(offset);
        }

        // Then
        assertThat(ledger.full()).isFalse();
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isTrue();
    }

    private void finishEverySecondUntilFull() {
        for (long offset = 0; !ledger.full(); offset += 2) {
            fetched(offset);
            fetched(offset + 1).done();
        }
    }

    // ------------------------------------------------------------------ where the answers stand

    @Test
    void shouldSayHowFarTheAnswersReachedWhenTheOldestOpenRecordWasTaken() {
        // Given
        ledger.answersReached(new long[] {5});
        Entry<ToolCancel> entry = fetched(0);
        ledger.answersReached(new long[] {9});
        assertThat(said(ledger.commit()).answerEnds()).containsExactly(5);

        // When
        entry.done();

        // Then
        assertThat(said(ledger.commit()).answerEnds()).containsExactly(9);
    }

    @Test
    void shouldSayHowFarTheAnswersReachedNowAndThenWhereNothingElseChanges() {
        // Given
        ledger.commit();

        // When
        ledger.answersReached(new long[] {5});

        // Then
        int asked = 1;
        Commit commit = ledger.commit();
        while (commit == null) {
            commit = ledger.commit();
            asked++;
        }
        assertThat(asked).isEqualTo(50);
        assertThat(said(commit).answerEnds()).containsExactly(5);
    }

    @Test
    void shouldRepeatWhatTheFormerOwnerSaidOfTheAnswersUntilTheyAreRead() {
        // Given
        ledger.answersReached(new long[] {5});
        Ledger<ToolCancel> next = ledger(ledger.commit());
        next.holdAnswers();
        next.answersReached(new long[] {9});
        assertThat(said(next.commit()).answerEnds()).containsExactly(5);

        // When
        next.releaseAnswers();

        // Then
        next.skip(0);
        assertThat(said(next.commit()).answerEnds()).containsExactly(9);
    }
}
