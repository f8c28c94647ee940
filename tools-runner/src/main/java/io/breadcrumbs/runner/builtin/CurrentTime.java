package io.breadcrumbs.runner.builtin;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells the time. */
public final class CurrentTime implements Tool<CurrentTime.Input, CurrentTime.Output> {

    private static final int FORMAT_AT_MOST = 100;

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "get_current_time", "Tells date and time, in UTC unless told otherwise.", Input.class, Output.class)
            .effects(SideEffects.NONE)
            .examples("""
                    {"input": {"timezone": "Europe/Paris", "format": "EEEE, HH:mm"}, "output": {\
                    "iso": "2026-01-01T13:00:00.000+01:00", "epoch_ms": 1767268800000, \
                    "timezone": "Europe/Paris", "formatted": "Thursday, 13:00"}}""");

    record Input(
            @Describe("Name of a time zone, such as Europe/Paris or +02:00; UTC unless given.") @Nullable
            String timezone,

            @Describe("Pattern such as yyyy-MM-dd HH:mm:ss, or one of iso, date, time, datetime, rfc1123;"
                    + " datetime unless given.")
            @Nullable
            String format) {}

    record Output(
            @Describe("The time by ISO 8601, in the time zone.")
            String iso,

            @Describe("Milliseconds since 1970.") long epoch_ms,
            @Describe("The time zone.") String timezone,
            @Describe("The time in the format.") String formatted) {}

    private final InstantSource clock;

    CurrentTime(InstantSource clock) {
        this.clock = clock;
    }

    public CurrentTime() {
        this(InstantSource.system());
    }

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure {
        ZoneId zone = zone(input.timezone() == null ? "UTC" : input.timezone());
        ZonedDateTime now = clock.instant().truncatedTo(ChronoUnit.MILLIS).atZone(zone);
        String format = input.format() == null ? "datetime" : input.format();
        return new Output(
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now),
                now.toInstant().toEpochMilli(),
                zone.getId(),
                formatted(now, format));
    }

    private static ZoneId zone(String name) throws ToolFailure {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ToolFailure.invalid(
                    "timezone",
                    "expected a time zone such as UTC, Europe/Paris or +02:00, got '" + name + "': " + e.getMessage());
        }
    }

    private static String formatted(ZonedDateTime now, String format) throws ToolFailure {
        if (format.length() > FORMAT_AT_MOST) {
            throw ToolFailure.invalid(
                    "format", "expected up to " + FORMAT_AT_MOST + " characters, got " + format.length());
        }
        try {
            return formatter(format).format(now);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ToolFailure.invalid(
                    "format",
                    "expected a pattern such as yyyy-MM-dd HH:mm:ss, or one of iso, date, time, datetime and rfc1123,"
                            + " got '" + format + "': " + e.getMessage());
        }
    }

    private static DateTimeFormatter formatter(String format) {
        return switch (format) {
            case "iso" -> DateTimeFormatter.ISO_OFFSET_DATE_TIME;
            case "date" -> DateTimeFormatter.ISO_LOCAL_DATE;
            case "time" -> DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
            case "datetime" -> DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);
            case "rfc1123" -> DateTimeFormatter.RFC_1123_DATE_TIME;
            default -> DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        };
    }
}
