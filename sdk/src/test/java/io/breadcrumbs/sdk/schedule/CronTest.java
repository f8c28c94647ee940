package io.breadcrumbs.sdk.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *    | UTC           | 2026-01-01T10:00:00Z     | 2026-01-01T10:00:00Z
            * * * * *    | UTC           | 2026-01-01T09:59:59.999Z | 2026-01-01T09:59:00Z
            0 * * * *    | UTC           | 2026-01-01T10:59:59Z     | 2026-01-01T10:00:00Z
            30 8 * * 1-5 | UTC           | 2026-01-04T12:00:00Z     | 2026-01-02T08:30:00Z
            30 8 * * 1-5 | Europe/Berlin | 2026-01-05T12:00:00Z     | 2026-01-05T07:30:00Z
            30 8 * * 1-5 | Europe/Berlin | 2026-07-06T12:00:00Z     | 2026-07-06T06:30:00Z
            0 0 1 * *    | UTC           | 2026-03-15T00:00:00Z     | 2026-03-01T00:00:00Z
            0 0 29 2 *   | UTC           | 2027-01-01T00:00:00Z     | 2024-02-29T00:00:00Z
            */15 9 * * * | UTC           | 2026-01-01T12:00:00Z     | 2026-01-01T09:45:00Z
            """)
    void shouldFindTheLastTick(String cron, String zone, Instant until, Instant expected) {
        Cron schedule = Cron.of(cron, zone);

        assertThat(schedule.last(Instant.EPOCH, until)).contains(expected);
        assertThat(schedule.last(expected, until)).isEmpty();
    }

    @Test
    void shouldLeaveOutATimeThatADayDoesNotHave() {
        Cron schedule = Cron.of("30 2 * * *", "Europe/Berlin");

        assertThat(ticks(schedule, Instant.parse("2026-03-28T00:00:00Z"), Duration.ofDays(3)))
                .containsExactly(Instant.parse("2026-03-28T01:30:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void shouldTickTwiceAtATimeThatADayHasTwice() {
        Cron schedule = Cron.of("30 2 * * *", "Europe/Berlin");

        assertThat(ticks(schedule, Instant.parse("2026-10-25T00:00:00Z"), Duration.ofDays(1)))
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * *     | UTC  | cron: '* * *' is none
            61 * * * * | UTC  | cron: '61 * * * *' is none
            * * * * * | Mars | timeZone: expected a name such as Europe/Berlin, got 'Mars'
            """)
    void shouldRefuseWhatIsNoSchedule(String cron, String zone, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.of(cron, zone))
                .withMessageStartingWith(message);
    }

    @Test
    void shouldFindTheNextTickThroughBothChangesOfTheClocks() {
        Cron hourly = Cron.of("30 * * * *", "Europe/Berlin");
        Instant spring = Instant.parse("2026-03-29T00:31:00Z");
        Instant autumn = Instant.parse("2026-10-25T00:31:00Z");

        assertThat(hourly.next(spring)).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(hourly.next(autumn)).contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(Cron.of("30 2 * * *", "Europe/Berlin").next(Instant.parse("2026-03-28T12:00:00Z")))
                .as("a day without that time")
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    /** As somebody finds them who looks every half minute. */
    private static List<Instant> ticks(Cron schedule, Instant from, Duration time) {
        List<Instant> ticks = new ArrayList<>();
        Instant last = from;
        for (Instant now = from; now.isBefore(from.plus(time)); now = now.plusSeconds(30)) {
            Instant found = schedule.last(last, now).orElse(last);
            if (found.isAfter(last)) {
                ticks.add(found);
                last = found;
            }
        }
        return ticks;
    }
}
