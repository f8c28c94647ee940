package io.breadcrumbs.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.sdk.testkit.tool.ToolTrial;
import io.breadcrumbs.sdk.tool.Values;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentTimeTest {

    private final ToolTrial<?, ?> time =
            ToolTrial.of(new CurrentTime(InstantSource.fixed(Instant.parse("2026-07-04T09:08:07.006005004Z"))));

    @Test
    void shouldTellTheTimeInUtcUnlessTold() throws Exception {
        assertThat(Values.parse(time.run("{}"))).isEqualTo(Values.parse("""
                {"iso": "2026-07-04T09:08:07.006Z", "epoch_ms": 1783156087006,
                 "timezone": "UTC", "formatted": "2026-07-04 09:08:07"}"""));
    }

    @Test
    void shouldTellTheTimeElsewhere() throws Exception {
        assertThat(Values.parse(time.run("{\"timezone\": \"Asia/Kolkata\", \"format\": \"iso\"}")))
                .isEqualTo(Values.parse("""
                        {"iso": "2026-07-04T14:38:07.006+05:30", "epoch_ms": 1783156087006,
                         "timezone": "Asia/Kolkata", "formatted": "2026-07-04T14:38:07.006+05:30"}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "date; 2026-07-04",
                "time; 09:08:07",
                "rfc1123; Sat, 4 Jul 2026 09:08:07 GMT",
                "EEEE d MMMM; Saturday 4 July",
                "HH:mm 'h'; 09:08 h"
            })
    void shouldFormat(String format, String formatted) throws Exception {
        assertThat(Values.parse(time.run("{\"format\": \"" + format + "\"}"))
                        .get("formatted")
                        .asText())
                .isEqualTo(formatted);
    }

    @ParameterizedTest
    @CsvSource({"timezone, Mars/Olympus", "timezone, ''", "format, '{'", "format, bcd"})
    void shouldNameTheFieldThatIsWrong(String field, String value) throws Exception {
        assertThat(time.failure("{\"" + field + "\": \"" + value + "\"}")
                        .toError()
                        .getField())
                .isEqualTo(field);
    }

    @Test
    void shouldRefuseAnEndlessFormat() throws Exception {
        assertThat(time.failure("{\"format\": \"" + "y".repeat(101) + "\"}")
                        .toError()
                        .getField())
                .isEqualTo("format");
    }
}
