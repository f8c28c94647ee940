package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TailCursorTest {

    private static final Partition PARTITION = new Partition(Catalogue.TOOL_CANCEL.name(), 0);

    /** Writes down what it reads. */
    private static final class Notes implements TailReader<ToolCancel> {

        final List<String> read = new ArrayList<>();
        long failingAt = -1;

        @Override
        public void read(Breadcrumb<ToolCancel> breadcrumb, Position position, Lane lane) {
            if (position.offset() == failingAt) {
                throw new IllegalStateException("broken");
            }
            read.add(position.offset() + " " + lane);
        }

        @Override
        public void unreadable(Position position, String reason) {
            read.add(position.offset() + " " + reason);
        }
    }

    private final Notes notes = new Notes();
    private final Queue<Runnable> hands = new ArrayDeque<>();
    private final AtomicInteger rooms = new AtomicInteger();
    private final TailCursor<ToolCancel> cursor =
            new TailCursor<>(PARTITION, notes, hands::add, rooms::incrementAndGet);

    private void acknowledged(long offset) {
        cursor.acknowledged(Cancels.numbered(PARTITION, offset), offset);
    }

    private void fetched(long offset) {
        cursor.fetched(Cancels.numbered(PARTITION, offset), offset, null);
    }

    private void letHandsWork() {
        for (Runnable work = hands.poll(); work != null; work = hands.poll()) {
            work.run();
        }
    }

    private void acknowledgeAsManyAsMayWait() {
        cursor.startAt(0);
        for (int i = 0; i < TailCursor.AHEAD_AT_MOST; i++) {
            assertThat(cursor.full()).isFalse();
            acknowledged(i);
        }
    }

    @Test
    void shouldHandOverNothingWhileItsFirstOffsetIsNotKnown() {
        // When
        acknowledged(0);

        // Then
        assertThat(hands).isEmpty();
        assertThat(cursor.next()).isEqualTo(-1);
    }

    @Test
    void shouldHandOverAnAcknowledgedRecordIfItIsExactlyTheNext() {
        // Given
        cursor.startAt(4);

        // When
        acknowledged(5);
        acknowledged(4);
        acknowledged(3);

        // Then
        letHandsWork();
        assertThat(notes.read).containsExactly("4 TAIL");
        assertThat(cursor.wants(4)).isFalse();
        assertThat(cursor.wants(5)).isTrue();
    }

    @Test
    void shouldIgnoreTheLogCopyOfWhatWasHandedOver() {
        // Given
        cursor.startAt(0);
        acknowledged(0);

        // When
        fetched(0);

        // Then
        letHandsWork();
        assertThat(notes.read).containsExactly("0 TAIL");
    }

    @Test
    void shouldKeepTheOrderOfTheLogWhicheverLaneIsFirst() {
        // Given
        cursor.startAt(0);

        // When
        acknowledged(0);
        acknowledged(2);
        fetched(0);
        fetched(1);
        acknowledged(2);
        fetched(2);
        fetched(3);

        // Then
        letHandsWork();
        assertThat(notes.read).containsExactly("0 TAIL", "1 LOG", "2 TAIL", "3 LOG");
    }

    @Test
    void shouldPassOverOffsetsThatTheLogHasNotAnyMore() {
        // Given
        cursor.startAt(0);

        // When
        fetched(7);

        // Then
        letHandsWork();
        assertThat(notes.read).containsExactly("7 LOG");
        assertThat(cursor.next()).isEqualTo(8);
    }

    @Test
    void shouldSayWhatCannotBeDecodedInItsPlace() {
        // Given
        cursor.startAt(0);
        acknowledged(0);

        // When
        cursor.fetched(null, 1, "broken");

        // Then
        fetched(2);
        letHandsWork();
        assertThat(notes.read).containsExactly("0 TAIL", "1 broken", "2 LOG");
    }

    @Test
    void shouldSendOneAtATimeToRead() {
        // Given
        cursor.startAt(0);

        // When
        acknowledged(0);
        acknowledged(1);
        fetched(2);

        // Then
        assertThat(hands).hasSize(1);
        letHandsWork();
        assertThat(notes.read).hasSize(3);
        acknowledged(3);
        assertThat(hands).hasSize(1);
    }

    @Test
    void shouldGoOnBehindARecordAtWhichTheReaderThrows() {
        // Given
        cursor.startAt(0);
        notes.failingAt = 1;
        acknowledged(0);
        acknowledged(1);
        fetched(2);

        // When
        assertThatIllegalStateException().isThrownBy(this::letHandsWork);

        // Then
        letHandsWork();
        fetched(3);
        letHandsWork();
        assertThat(notes.read).containsExactly("0 TAIL", "2 LOG", "3 LOG");
    }

    @Test
    void shouldLeaveTheRestToTheLogWhileTheReaderIsBehind() {
        // Given
        acknowledgeAsManyAsMayWait();

        // When
        acknowledged(TailCursor.AHEAD_AT_MOST);

        // Then
        assertThat(cursor.full()).isTrue();
        assertThat(cursor.next()).isEqualTo(TailCursor.AHEAD_AT_MOST);
    }

    @Test
    void shouldSayOnceThatThereIsRoomAgain() {
        // Given
        acknowledgeAsManyAsMayWait();
        assertThat(cursor.full()).isTrue();
        assertThat(rooms).hasValue(0);

        // When
        letHandsWork();

        // Then
        assertThat(rooms).hasValue(1);
        assertThat(cursor.full()).isFalse();
    }

    @Test
    void shouldHandOverNothingOnceItIsClosed() {
        // Given
        cursor.startAt(0);
        acknowledged(0);

        // When
        cursor.close();

        // Then
        acknowledged(1);
        fetched(1);
        letHandsWork();
        assertThat(notes.read).isEmpty();
        assertThat(cursor.wants(1)).isFalse();
    }
}
