package io.breadcrumbs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.engine.mailbox.Succession;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private final Succession succession = new Succession();

    @Test
    void shouldFollowWhatTheLogHasBrought() {
        assertThat(succession.follows(7, 7)).isTrue();
        assertThat(succession.follows(8, 7)).isTrue();
        assertThat(succession.follows(9, 8)).isTrue();
    }

    @Test
    void shouldWaitForWhatSomebodyElseHasPublishedBefore() {
        assertThat(succession.follows(7, 7)).isTrue();

        assertThat(succession.follows(9, 7)).isFalse();
        assertThat(succession.follows(10, 8)).as("9 has not been handed over").isFalse();
        assertThat(succession.follows(11, 11)).isTrue();
    }

    @Test
    void shouldNotHandOverWhatTheLogHasBrought() {
        assertThat(succession.follows(7, 8)).isFalse();
        assertThat(succession.follows(8, 8)).isTrue();
        assertThat(succession.follows(8, 9)).isFalse();
    }

    @Test
    void shouldKnowNothingWhileTheLogHasBroughtNothing() {
        assertThat(succession.follows(0, -1)).isFalse();
        assertThat(succession.follows(1, -1)).isFalse();
    }

    @Test
    void shouldBeginAgainFromWhatTheLogHasBrought() {
        assertThat(succession.follows(7, 7)).isTrue();

        succession.forget();

        assertThat(succession.follows(8, 7)).isFalse();
        assertThat(succession.follows(8, 8)).isTrue();
    }
}
