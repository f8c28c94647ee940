package io.breadcrumbs.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";
    private static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";

    private final RandomGenerator random = new Random(1);

    @Test
    void shouldMakeANewSpanOfTheParentsTrace() {
        // When
        String child = Trace.child(PARENT, random);

        // Then
        assertThat(child).matches(FORM).startsWith("00-" + TRACE + "-").doesNotContain(SPAN);
        assertThat(Trace.child(PARENT, random)).isNotEqualTo(child);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-abc",
                "01-" + TRACE + "-" + SPAN + "-01",
                PARENT + "-more",
                "00-4bf92f3577b34da6a3ce929d0e0e473?-" + SPAN + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "+" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-" + SPAN + "+01",
                "00-" + TRACE + "-" + SPAN + "-0g",
                "00-00000000000000000000000000000000-" + SPAN + "-01"
            })
    void shouldBeginANewTraceWhereThereIsNoParent(String parent) {
        // When
        String child = Trace.child(parent, random);

        // Then
        assertThat(child).matches(FORM).doesNotContain("4bf92f");
        assertThat(Trace.child(parent, random).substring(0, 35)).isNotEqualTo(child.substring(0, 35));
    }

    @Test
    void shouldNeverNameTheTraceOrTheSpanThatStandForNone() {
        // When
        String trace = Trace.child(null, () -> 0);

        // Then
        assertThat(trace)
                .matches(FORM)
                .doesNotContain("-" + "0".repeat(32) + "-")
                .doesNotContain("-" + "0".repeat(16) + "-");
    }

    @ParameterizedTest
    @CsvSource({"00,00", "01,01", "02,00", "ff,01"})
    void shouldRecordWhatTheParentRecords(String flags, String then) {
        assertThat(Trace.child(PARENT.substring(0, 53) + flags, random)).endsWith("-" + then);
    }

    @Test
    void shouldBelongWhereTheThreadEnteredUnlessItSaysWithin() {
        // Given
        String other = PARENT.replace("4bf9", "aaaa");

        // When
        String before = Trace.enter(PARENT);

        // Then
        try {
            assertThat(before).isNull();
            assertThat(Trace.current()).isEqualTo(PARENT);
            assertThat(Trace.within(null, Trace::current)).isEqualTo(PARENT);
            assertThat(Trace.within(other, Trace::current)).isEqualTo(other);
        } finally {
            assertThat(Trace.enter(before)).isEqualTo(PARENT);
        }
        assertThat(Trace.current()).isNull();
    }

    @Test
    void shouldGoOnWithTheTraceOfWhatThisThreadHandles() {
        // When
        String next = ScopedValue.where(Trace.CURRENT, PARENT).call(() -> Trace.next(random));

        // Then
        assertThat(next).startsWith("00-" + TRACE + "-");
        assertThat(Trace.next(random)).doesNotContain(TRACE);
    }
}
