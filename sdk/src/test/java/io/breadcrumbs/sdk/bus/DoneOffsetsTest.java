package io.breadcrumbs.sdk.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.log.Commit;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoneOffsetsTest {

    private static final long FAR = 5L << 32;

    @Test
    void shouldMoveItsBaseOverWhatIsDoneInOrder() {
        // Given
        DoneOffsets done = new DoneOffsets(3);

        // When
        add(done, 3, 4, 5);

        // Then
        assertThat(done.base()).isEqualTo(6);
        assertThat(done.beyond()).isZero();
    }

    @Test
    void shouldKeepItsBaseBeforeWhatIsNotDone() {
        // Given
        DoneOffsets done = new DoneOffsets(0);

        // When
        add(done, 1, 2, 4);

        // Then
        assertThat(done.base()).isZero();
        assertThat(done.beyond()).isEqualTo(3);
        assertThat(contained(done, 0, 6)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void shouldMoveItsBaseOverARunThatBecomesWhole() {
        // Given
        DoneOffsets done = new DoneOffsets(0);
        add(done, 1, 2, 4);

        // When
        done.add(0);

        // Then
        assertThat(done.base()).isEqualTo(3);
        assertThat(contained(done, 0, 6)).containsExactly(0L, 1L, 2L, 4L);
    }

    @Test
    void shouldCountOnceWhatIsDoneTwice() {
        // Given
        DoneOffsets done = new DoneOffsets(0);

        // When
        add(done, 0, 0, 2, 2);

        // Then
        assertThat(done.base()).isEqualTo(1);
        assertThat(done.beyond()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldSayWhatASetOfOffsetsSays(long seed) {
        // Given
        Random random = new Random(seed);
        long first = seed % 2 == 0 ? 0 : FAR;
        DoneOffsets done = new DoneOffsets(first);
        TreeSet<Long> model = new TreeSet<>();

        for (int i = 0; i < 3_000; i++) {
            // When
            long offset = base(model, first) + (long) Math.abs(random.nextGaussian() * 40);
            done.add(offset);
            model.add(offset);
            if (random.nextInt(50) == 0) {
                done = DoneOffsets.of(done.commit());
            }

            // Then
            long base = base(model, first);
            assertThat(done.base()).isEqualTo(base);
            assertThat(done.beyond()).isEqualTo(model.tailSet(base).size());
            assertThat(contained(done, base, base + 200)).containsExactlyElementsOf(model.subSet(base, base + 200));
        }
    }

    @Test
    void shouldGiveBackWhatItsNoteSays() {
        // Given
        DoneOffsets done = new DoneOffsets(FAR);
        add(done, FAR + 1, FAR + 2, FAR + 700, FAR + 3_000_000_000L);

        // When
        DoneOffsets next = DoneOffsets.of(done.commit());

        // Then
        assertThat(next.base()).isEqualTo(FAR);
        assertThat(next.beyond()).isEqualTo(4);
        assertThat(next.contains(FAR + 2)).isTrue();
        assertThat(next.contains(FAR + 3)).isFalse();
        assertThat(next.contains(FAR + 3_000_000_000L)).isTrue();
        assertThat(next.commit()).isEqualTo(done.commit());
    }

    @Test
    void shouldCarryHowFarTheAnswersReached() {
        // Given
        DoneOffsets done = new DoneOffsets(0);
        add(done, 2);
        done.answersFrom(new long[] {0, 17, FAR});

        // When
        DoneOffsets next = DoneOffsets.of(done.commit());

        // Then
        assertThat(next.answerEnds()).containsExactly(0, 17, FAR);
        assertThat(next.contains(2)).isTrue();
    }

    @Test
    void shouldTellNoAnswersWhereNobodySaidThem() {
        assertThat(DoneOffsets.of(new DoneOffsets(4).commit()).answerEnds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a1:AAEB", "b2:AAEB", "b1", "b1:%%%", "b1:A", "b1:AAG", "someone else's"})
    void shouldSayOnlyTheBaseWhereTheNoteIsNotOurs(String note) {
        // When
        DoneOffsets done = DoneOffsets.of(new Commit(FAR, note));

        // Then
        assertThat(done.base()).isEqualTo(FAR);
        assertThat(done.beyond()).isZero();
        assertThat(done.answerEnds()).isEmpty();
    }

    static Stream<long[]> nonsense() {
        return Stream.of(
                new long[] {-1},
                new long[] {Integer.MAX_VALUE},
                new long[] {1L << 32},
                new long[] {1, -1},
                new long[] {0, 0, 1},
                new long[] {0, 1, 0},
                new long[] {0, -1, 1},
                new long[] {0, 1, -1},
                new long[] {0, 1, 1, 0, 1},
                new long[] {0, 1, 1L << 33});
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void shouldSayOnlyTheBaseWhereTheNoteIsNonsense(long[] numbers) {
        // When
        DoneOffsets done = DoneOffsets.of(new Commit(10, note(numbers)));

        // Then
        add(done, 10, 12);
        assertThat(done.base()).isEqualTo(11);
        assertThat(contained(done, 10, 20)).containsExactly(10L, 12L);
        assertThat(done.answerEnds()).isEmpty();
    }

    @Test
    void shouldStayExactWhereTheLogGoesOnForLongAndSomethingIsAlwaysBeyondTheBase() {
        // Given
        long end = (1L << 32) - 100;
        DoneOffsets done = DoneOffsets.of(new Commit(0, note(0, 1, end - 1, 1, 1)));
        done.add(0);
        assertThat(done.base()).isEqualTo(end);

        // When
        add(done, end + 200, end);

        // Then
        assertThat(done.base()).isEqualTo(end + 2);
        assertThat(contained(done, end, end + 300)).containsExactly(end, end + 1, end + 200);
        assertThat(contained(DoneOffsets.of(done.commit()), end, end + 300)).containsExactly(end, end + 1, end + 200);
    }

    @Test
    void shouldSayOfACutNoteNothingThatTheWholeOneDoesNot() {
        // Given
        DoneOffsets done = new DoneOffsets(10);
        done.answersFrom(new long[] {300, 400});
        add(done, 12, 13, 400, 70_000);
        String note = done.commit().note();

        for (int length = 0; length < note.length(); length++) {
            // When
            DoneOffsets cut = DoneOffsets.of(new Commit(10, note.substring(0, length)));

            // Then
            assertThat(cut.base()).isEqualTo(10);
            assertThat(Arrays.toString(cut.answerEnds())).isIn("[]", "[300, 400]");
            assertThat(contained(done, 10, 70_001)).containsAll(contained(cut, 10, 70_001));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldNeverWriteALongerNoteThanItsBoundSays(long seed) {
        // Given
        Random random = new Random(seed);
        DoneOffsets done = new DoneOffsets(FAR);
        done.answersFrom(random.longs(8, 0, 1L << 40).toArray());

        long offset = FAR;
        for (int i = 0; i < 600; i++) {
            // When
            offset += 1 + random.nextInt(1 << random.nextInt(1, 20));
            done.add(offset);

            // Then
            assertThat(done.commit().note().length()).isLessThanOrEqualTo(done.noteBytesAtMost());
        }
    }

    /** A note of these numbers, whatever they mean. */
    private static String note(long... numbers) {
        ByteArrayOutputStream note = new ByteArrayOutputStream();
        for (long number : numbers) {
            long rest = number;
            while (rest < 0 || rest > 0x7f) {
                note.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            note.write((int) rest);
        }
        return "b1:" + Base64.getEncoder().withoutPadding().encodeToString(note.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void shouldBeAsShortAsInTheBeginningWhenAllIsDone(long seed) {
        // Given
        DoneOffsets done = new DoneOffsets(0);
        int before = done.noteBytesAtMost();
        List<Long> offsets = new ArrayList<>(LongStream.range(0, 500).boxed().toList());
        Collections.shuffle(offsets, new Random(seed));

        // When
        offsets.forEach(done::add);

        // Then
        assertThat(done.noteBytesAtMost()).isEqualTo(before);
    }

    private static void add(DoneOffsets done, long... offsets) {
        for (long offset : offsets) {
            done.add(offset);
        }
    }

    private static SortedSet<Long> contained(DoneOffsets done, long from, long to) {
        SortedSet<Long> contained = new TreeSet<>();
        for (long offset = from; offset < to; offset++) {
            if (done.contains(offset)) {
                contained.add(offset);
            }
        }
        return contained;
    }

    /** The first offset that is not in the model. */
    private static long base(SortedSet<Long> model, long first) {
        long base = first;
        while (model.contains(base)) {
            base++;
        }
        return base;
    }
}
