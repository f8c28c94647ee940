package io.breadcrumbs.sdk.workflow.decide;

import io.breadcrumbs.sdk.workflow.definition.ConditionException;
import io.breadcrumbs.sdk.workflow.definition.Work;
import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonNumber;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.breadcrumbs.sdk.workflow.run.RunScope;
import io.breadcrumbs.sdk.workflow.template.MissingValueException;
import io.breadcrumbs.sdk.workflow.template.Template;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;

/** When a sleep is over. */
final class Sleeping {

    private Sleeping() {}

    static long until(Work.Sleep sleep, RunScope scope, long now) throws ConditionException, MissingValueException {
        Template until = sleep.until();
        if (until != null) {
            return time(until.resolve(scope));
        }
        Template time = sleep.time();
        return time == null ? now : now + length(time.resolve(scope));
    }

    private static long length(Json value) throws ConditionException {
        Duration length = Times.duration(value);
        if (length == null) {
            throw new ConditionException("for: expected a duration such as 30s or 2h, or milliseconds, got " + value);
        }
        return length.toMillis();
    }

    private static long time(Json value) throws ConditionException {
        try {
            return switch (value) {
                case JsonNumber number -> number.longValue();
                case JsonString text ->
                    OffsetDateTime.parse(text.value()).toInstant().toEpochMilli();
                default -> throw new ConditionException("until: expected a time, got " + value.kind());
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new ConditionException(
                    "until: expected a time such as 2030-01-31T12:00:00Z, or milliseconds, got " + value);
        }
    }
}
