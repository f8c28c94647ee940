package io.breadcrumbs.sdk.workflow.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "30s,PT30S",
        "5m,PT5M",
        "2h,PT2H",
        "30d,PT720H",
        "1h30m,PT1H30M",
        "1d2h3m4s5ms,PT26H3M4.005S",
        "1m5ms,PT1M0.005S",
        "0s,PT0S",
        "PT5S,PT5S",
        "P1DT1.5S,PT24H1.5S",
        "3650d,PT87600H",
    })
    void shouldReadDurations(String text, Duration duration) {
        assertThat(Times.duration(Json.of(text))).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "5 s",
                "-5s",
                "PT-5S",
                "1.5h",
                "30m1h",
                "5s5s",
                "5S",
                "3651d",
                "P",
                "999999999d",
                "5ms5s"
            })
    void shouldRefuseOtherTextsAsDurations(String text) {
        assertThat(Times.duration(Json.of(text))).isNull();
    }

    @Test
    void shouldReadMilliseconds() throws JsonException {
        assertThat(Times.duration(Json.of(1_500))).isEqualTo(Duration.ofMillis(1_500));
        assertThat(Times.duration(Json.of(0))).isEqualTo(Duration.ZERO);
        for (String other : new String[] {"-1", "1.5", "1e3", "null", "true", "[1]", "{}", "99999999999999999999"}) {
            assertThat(Times.duration(Json.parse(other))).as(other).isNull();
        }
    }

    @Test
    void shouldReadPointsInTime() {
        Instant expected = Instant.parse("2030-01-31T12:00:00Z");
        assertThat(Times.instant(Json.of("2030-01-31T12:00:00Z"))).isEqualTo(expected);
        assertThat(Times.instant(Json.of("2030-01-31T13:00:00+01:00"))).isEqualTo(expected);
        assertThat(Times.instant(Json.of(expected.toEpochMilli()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2030-01-31\"",
                "\"2030-01-31T12:00:00\"",
                "\"\"",
                "-1",
                "1.5",
                "null",
                "9e18",
                "9000000000000000000"
            })
    void shouldRefuseOtherValuesAsPointsInTime(String text) throws JsonException {
        assertThat(Times.instant(Json.parse(text))).isNull();
    }
}
