package io.breadcrumbs.sdk.schedule;

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
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a cron expression in a time zone: minute, hour, day of the month, month, day of the week. There is one
 * whenever the clocks of that zone show the time: none at a time that a day leaves out, two at one that it has twice.
 */
public final class Cron {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final String expression;
    private final ExecutionTime ticks;
    private final ZoneId zone;

    private Cron(String expression, ExecutionTime ticks, ZoneId zone) {
        this.expression = expression;
        this.ticks = ticks;
        this.zone = zone;
    }

    /**
     * The ticks of an expression by the clocks of a zone.
     *
     * @throws IllegalArgumentException with what is wrong with the expression or the zone
     */
    public static Cron of(String expression, String zone) {
        try {
            return new Cron(
                    expression, ExecutionTime.forCron(PARSER.parse(expression).validate()), ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "timeZone: expected a name such as Europe/Berlin, got '" + zone + "'", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cron: '" + expression + "' is none: " + e.getMessage(), e);
        }
    }

    /** As it was written. */
    public String expression() {
        return expression;
    }

    /** The name of the zone. */
    public String zone() {
        return zone.getId();
    }

    /** Whether it ticks at the same times. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cron cron && expression.equals(cron.expression) && zone.equals(cron.zone);
    }

    @Override
    public int hashCode() {
        return 31 * expression.hashCode() + zone.hashCode();
    }

    /** The last tick that is after one time and not after the other. */
    public Optional<Instant> last(Instant after, Instant until) {
        Instant beyond = until.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1)); // ticks are whole seconds
        return ticks.lastExecution(beyond.atZone(zone))
                .map(tick -> tick.toInstant())
                .filter(tick -> tick.isAfter(after) && !tick.isAfter(until));
    }

    /** The first tick after a time. */
    public Optional<Instant> next(Instant after) {
        return ticks.nextExecution(after.atZone(zone)).map(tick -> tick.toInstant());
    }
}
