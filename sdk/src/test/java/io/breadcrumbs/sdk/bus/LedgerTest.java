package io.breadcrumbs.sdk.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.log.Commit;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Partition PARTITION = new Partition(Catalogue.TOOL_CANCEL.name(), 0);
    private static final int OPEN_AT_MOST = 10_000;
    private static final int OTHERS = -1;

    private final BusException why = new BusException(ErrorCode.UNKNOWN, "timed out");
    private final AtomicInteger changes = new AtomicInteger();
    private final Ledger<ToolCancel> ledger = new Ledger<>(PARTITION, null, OPEN_AT_MOST, changes::incrementAndGet);

    /** A record of this instance is about to be appended, and the lane is open. */
    private Entry<ToolCancel> admitted(long seq) {
        ledger.caughtUp();
        return requireNonNull(ledger.admit(Cancels.numbered(PARTITION, seq)));
    }

    /** A record of somebody else comes by the log. */
    private Entry<ToolCancel> fetched(long offset) {
        assertThat(ledger.fetched(offset, OTHERS)).isTrue();
        return ledger.enter(Cancels.numbered(PARTITION, OTHERS), offset);
    }

    private static DoneOffsets said(@Nullable Commit commit) {
        return DoneOffsets.of(requireNonNull(commit));
    }

    // ------------------------------------------------------------------ eager lane and log

    @Test
    void shouldAdmitNothingBeforeTheLogHasBeenReadToItsEnd() {
        assertThat(ledger.admit(Cancels.numbered(PARTITION, 1))).isNull();

        ledger.caughtUp();

        assertThat(ledger.admit(Cancels.numbered(PARTITION, 1))).isNotNull();
    }

    @Test
    void shouldAdmitNoMoreThanMayBeOpen() {
        // Given
        Ledger<ToolCancel> small = new Ledger<>(PARTITION, null, 2, changes::incrementAndGet);
        small.caughtUp();
        small.admit(Cancels.numbered(PARTITION, 1));
        assertThat(small.full()).isFalse();

        // When
        small.admit(Cancels.numbered(PARTITION, 2));

        // Then
        assertThat(small.full()).isTrue();
        assertThat(small.admit(Cancels.numbered(PARTITION, 3))).isNull();
    }

    @Test
    void shouldHandleOnceWhatIsAcknowledgedAndThenComesByTheLog() {
        // Given
        Entry<ToolCancel> entry = admitted(1);

        // When
        ledger.acknowledged(entry, 0);

        // Then
        assertThat(ledger.fetched(0, 1)).isFalse();
        entry.done();
        assertThat(said(ledger.commit()).base()).isEqualTo(1);
        assertThat(ledger.open()).isZero();
    }

    @Test
    void shouldHandleOnceWhatComesByTheLogBeforeItIsAcknowledged() {
        // Given
        Entry<ToolCancel> entry = admitted(1);

        // When
        boolean unhandled = ledger.fetched(0, 1);

        // Then
        assertThat(unhandled).isFalse();
        ledger.acknowledged(entry, 0);
        entry.done();
        assertThat(said(ledger.commit()).base()).isEqualTo(1);
    }

    @Test
    void shouldKnowTheLogCopyOfWhatIsDone() {
        // Given
        Entry<ToolCancel> entry = admitted(1);
        ledger.acknowledged(entry, 0);

        // When
        entry.done();

        // Then
        assertThat(ledger.fetched(0, 1)).isFalse();
    }

    @Test
    void shouldHandleARecordOfSomebodyElseWithTheSameNumber() {
        // Given
        admitted(1);

        // When
        boolean unhandled = ledger.fetched(0, OTHERS);

        // Then
        assertThat(unhandled).isTrue();
    }

    @Test
    void shouldTakeNoNoteOfWhatIsReadAgain() {
        // Given
        fetched(0);
        fetched(1);

        // When
        boolean unhandled = ledger.fetched(0, OTHERS);

        // Then
        assertThat(unhandled).isFalse();
        assertThat(ledger.position()).isEqualTo(2);
    }

    @Test
    void shouldCommitWhatIsDoneBeforeItsAcknowledgementOnlyAfterIt() {
        // Given
        Entry<ToolCancel> entry = admitted(1);
        entry.done();
        assertThat(said(ledger.commit()).base()).isZero();

        // When
        ledger.acknowledged(entry, 0);

        // Then
        assertThat(said(ledger.commit()).base()).isEqualTo(1);
        assertThat(ledger.open()).isZero();
    }

    @Test
    void shouldTellWhereARecordIsDurableWhicheverSaysItFirst() {
        // Given
        Entry<ToolCancel> acknowledged = admitted(1);
        Entry<ToolCancel> copied = admitted(2);
        var first = acknowledged.durable();
        var second = copied.durable();

        // When
        ledger.acknowledged(acknowledged, 0);
        ledger.fetched(1, 2);

        // Then
        assertThat(first).isCompletedWithValue(new Position(PARTITION, 0));
        assertThat(second).isCompletedWithValue(new Position(PARTITION, 1));
        assertThat(copied.durable()).isCompletedWithValue(new Position(PARTITION, 1));
    }

    // ------------------------------------------------------------------ refusals

    @Test
    void shouldKeepTheLaneClosedUntilWhatWasRefusedHasComeByTheLog() {
        // Given
        Entry<ToolCancel> refused = admitted(1);

        // When
        ledger.refused(refused);

        // Then
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isFalse();
        assertThat(ledger.open()).isZero();

        assertThat(ledger.fetched(0, 1)).as("it is to be handled now").isTrue();
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isTrue();
    }

    @Test
    void shouldBringBackWhatWasRefusedAfterItsLogCopyHadComeBy() {
        // Given
        Entry<ToolCancel> refused = admitted(1);
        assertThat(ledger.fetched(0, 1)).isFalse();

        // When
        ledger.refused(refused);

        // Then
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isFalse();

        assertThat(ledger.takeStranded()).containsExactly(refused);
        assertThat(ledger.takeStranded()).isEmpty();
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isTrue();
    }

    @Test
    void shouldBringAgainWhatCameByTheLogAndWasGivenBack() {
        // Given
        ledger.caughtUp();
        Entry<ToolCancel> given = fetched(0);

        // When
        given.giveBack();

        // Then
        assertThat(ledger.open()).isZero();
        assertThat(ledger.laneIsOpen()).isFalse();
        assertThat(ledger.takeStranded()).containsExactly(given);
        assertThat(said(ledger.commit()).base()).isZero();
    }

    @Test
    void shouldBeDrainedWhenTheLastIsGivenBack() {
        // Given
        Entry<ToolCancel> given = fetched(0);
        ledger.close();
        assertThat(ledger.drained()).isFalse();

        // When
        given.giveBack();

        // Then
        assertThat(ledger.drained()).isTrue();
        assertThat(ledger.full()).as("it takes nothing more").isTrue();
        assertThat(ledger.forget().offset()).as("the next owner gets it").isZero();
    }

    @Test
    void shouldCloseTheLaneWhenARecordFromTheLogFindsNoRoom() {
        // Given
        ledger.caughtUp();

        // When
        ledger.unenter(fetched(0));

        // Then
        assertThat(ledger.laneIsOpen()).isFalse();
        assertThat(ledger.open()).isZero();
    }

    // ------------------------------------------------------------------ appends that fail

    @Test
    void shouldForgetWhatIsCertainlyNotInTheLog() {
        // Given
        Entry<ToolCancel> entry = admitted(1);
        var durable = entry.durable();

        // When
        ledger.notAppended(entry, why);

        // Then
        assertThat(ledger.open()).isZero();
        assertThat(durable).isCompletedExceptionally();
        entry.done();
        assertThat(said(ledger.commit()).base()).isZero();
    }

    @Test
    void shouldNotWaitForTheLogCopyOfWhatWasRefusedAndIsNotInTheLog() {
        // Given
        Entry<ToolCancel> entry = admitted(1);
        ledger.refused(entry);

        // When
        ledger.notAppended(entry, why);

        // Then
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isTrue();
    }

    @Test
    void shouldKeepARecordInDoubtUntilTheLogHasBeenReadPastItsEnd() {
        // Given
        Entry<ToolCancel> entry = admitted(1);
        ledger.appendUnknown(entry, why);
        fetched(0);
        assertThat(ledger.open()).as("while the end is not known").isEqualTo(2);
        ledger.doubtEnds(entry, 3);
        fetched(1);
        assertThat(ledger.open()).isEqualTo(3);

        // When
        fetched(2);

        // Then
        assertThat(ledger.open()).as("the three from the log").isEqualTo(3);
    }

    @Test
    void shouldHandleOnceARecordInDoubtThatTheLogHasAllTheSame() {
        // Given
        Entry<ToolCancel> entry = admitted(1);
        ledger.appendUnknown(entry, why);
        entry.done();

        // When
        boolean unhandled = ledger.fetched(0, 1);

        // Then
        assertThat(unhandled).isFalse();
        ledger.doubtEnds(entry, 1);
        assertThat(said(ledger.commit()).base()).isEqualTo(1);
        assertThat(ledger.open()).isZero();
    }

    // ------------------------------------------------------------------ the end

    @Test
    void shouldBeDrainedWhenWhatRunsIsDone() {
        // Given
        Entry<ToolCancel> entry = fetched(0);
        ledger.close();
        assertThat(ledger.drained()).isFalse();
        int before = changes.get();

        // When
        entry.done();

        // Then
        assertThat(ledger.drained()).isTrue();
        assertThat(changes).hasValueGreaterThan(before);
    }

    @Test
    void shouldAdmitNothingWhileItIsClosing() {
        // Given
        ledger.caughtUp();

        // When
        ledger.close();

        // Then
        ledger.caughtUp();
        assertThat(ledger.laneIsOpen()).isFalse();
        assertThat(ledger.admit(Cancels.numbered(PARTITION, 1))).isNull();
    }

    @Test
    void shouldCountNothingAsDoneAfterItHasBeenForgotten() {
        // Given
        Entry<ToolCancel> entry = fetched(0);
        Commit last = ledger.forget();

        // When
        entry.done();

        // Then
        assertThat(last.offset()).isZero();
        assertThat(ledger.forget()).isEqualTo(last);
    }
}
