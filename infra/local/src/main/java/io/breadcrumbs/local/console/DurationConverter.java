package io.breadcrumbs.local.console;

import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as people type it: seconds without a unit, or units such as {@code 1m30s}, or ISO-8601. */
public final class DurationConverter implements ITypeConverter<Duration> {

    private static final String SECONDS = "[0-9]{1,9}([.][0-9]{1,3})?";

    @Override
    public Duration convert(String text) {
        @Nullable
        Duration duration = text.matches(SECONDS)
                ? Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact())
                : Times.duration(new JsonString(text));
        if (duration == null || duration.isZero()) {
            throw new TypeConversionException(
                    "expected a duration above 0 such as 500ms, 2s or 1m30s, got '" + text + "'");
        }
        return duration;
    }
}
