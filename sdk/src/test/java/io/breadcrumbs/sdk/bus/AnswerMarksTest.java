package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerMarksTest {

    private final AnswerMarks marks = new AnswerMarks(new long[] {1});

    @Test
    void shouldSayWhatIsKnownNowWhereNothingIsOpen() {
        // When
        marks.reached(new long[] {2});

        // Then
        assertThat(marks.oldest()).containsExactly(2);
    }

    @Test
    void shouldSayWhatWasKnownWhenTheOldestOpenRecordWasTaken() {
        // Given
        marks.reached(new long[] {2});
        AnswerMarks.Mark old = marks.open();
        marks.reached(new long[] {3});
        AnswerMarks.Mark young = marks.open();
        marks.reached(new long[] {4});
        assertThat(marks.oldest()).containsExactly(2);

        // When
        old.close();

        // Then
        assertThat(marks.oldest()).containsExactly(3);
        young.close();
        assertThat(marks.oldest()).containsExactly(4);
    }

    @Test
    void shouldKeepWhatIsHeld() {
        // Given
        AnswerMarks.Mark held = marks.hold();
        marks.reached(new long[] {2});
        assertThat(marks.oldest()).containsExactly(1);

        // When
        held.close();

        // Then
        assertThat(marks.oldest()).containsExactly(2);
    }

    @Test
    void shouldKeepNoMoreMarksThanHaveOpenRecords() {
        // Given
        AnswerMarks.Mark longest = marks.open();

        // When
        for (int i = 2; i < 10_000; i++) {
            marks.reached(new long[] {i});
            marks.open().close();
        }

        // Then
        assertThat(marks.kept()).isEqualTo(2);
        assertThat(marks.oldest()).containsExactly(1);
        longest.close();
        assertThat(marks.oldest()).containsExactly(9_999);
    }
}
