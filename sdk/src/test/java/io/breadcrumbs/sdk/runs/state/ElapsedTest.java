package io.breadcrumbs.sdk.runs.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "9999, 9.9 s",
        "41999, 41 s",
        "60000, 1 min",
        "61000, 1 min 1 s",
        "3599999, 59 min 59 s",
        "11400000, 3 h 10 min",
        "86400000, 1 d",
        "187200000, 2 d 4 h"
    })
    void shouldSayHowLongInTwoUnits(long millis, String text) {
        assertThat(Elapsed.text(millis)).isEqualTo(text);
    }
}
