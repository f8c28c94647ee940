package io.breadcrumbs.runner.trigger;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The ticks of a cron expression in a time zone: minute, hour, day of the month, month, day of the week. There is one
 * whenever the clocks of that zone show the time: none at a time that a day leaves out, two at one that it has twice.
 */
final class Schedule {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime ticks;
    private final ZoneId zone;

    private Schedule(ExecutionTime ticks, ZoneId zone) {
        this.ticks = ticks;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException with what is wrong with the expression or the zone */
    static Schedule of(String expression, String zone) {
        try {
            return new Schedule(ExecutionTime.forCron(PARSER.parse(expression).validate()), ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "timeZone: expected a name such as Europe/Berlin, got '" + zone + "'", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cron: '" + expression + "' is none: " + e.getMessage(), e);
        }
    }

    /** The last tick that is after one time and not after the other. */
    Optional<Instant> last(Instant after, Instant until) {
        Instant beyond = until.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1)); // ticks are whole seconds
        return ticks.lastExecution(beyond.atZone(zone))
                .map(tick -> tick.toInstant())
                .filter(tick -> tick.isAfter(after) && !tick.isAfter(until));
    }
}
