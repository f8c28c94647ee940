package io.breadcrumbs.sdk.workflow.json;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and points in time, as JSON says them. */
public final class Times {

    /** The longest duration; nothing that runs waits longer. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /** What a duration looks like, for messages. */
    public static final String DURATIONS =
            "a duration such as 500, \"500ms\", \"1h30m\" or \"PT5S\", at most 3650 days";

    /** What a point in time looks like, for messages. */
    public static final String INSTANTS = "a time such as \"2030-01-31T12:00:00Z\" or milliseconds since 1970";

    private static final Pattern UNITS = Pattern.compile(
            "(?=\\d)(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,12})s)?(?:(\\d{1,15})ms)?");
    private static final int MOST_CHARACTERS = 64;
    private static final long LATEST_MS = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private Times() {}

    /** The duration that a value says: milliseconds, units such as {@code 1h30m}, or ISO-8601; null if none. */
    public static @Nullable Duration duration(Json value) {
        @Nullable
        Duration duration = switch (value) {
            case JsonNumber number -> isWhole(number) ? Duration.ofMillis(number.longValue()) : null;
            case JsonString(String text) when text.length() > MOST_CHARACTERS -> null;
            case JsonString(String text) when text.startsWith("P") -> ofIso(text);
            case JsonString(String text) -> ofUnits(text);
            case JsonNull _, JsonBoolean _, JsonArray _, JsonObject _ -> null;
        };
        return duration == null || duration.isNegative() || duration.compareTo(LONGEST) > 0 ? null : duration;
    }

    /** The point in time that a value says: milliseconds since 1970, or ISO-8601 with a zone; null if none. */
    public static @Nullable Instant instant(Json value) {
        return switch (value) {
            case JsonNumber number ->
                isWhole(number) && number.longValue() <= LATEST_MS ? Instant.ofEpochMilli(number.longValue()) : null;
            case JsonString(String text) when text.length() <= MOST_CHARACTERS -> ofOffset(text);
            case JsonNull _, JsonBoolean _, JsonString _, JsonArray _, JsonObject _ -> null;
        };
    }

    private static boolean isWhole(JsonNumber number) {
        return number.isLong() && number.longValue() >= 0;
    }

    private static @Nullable Duration ofIso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Duration ofUnits(String text) {
        Matcher units = UNITS.matcher(text);
        if (!units.matches()) {
            return null;
        }
        return Duration.ofDays(number(units.group(1)))
                .plusHours(number(units.group(2)))
                .plusMinutes(number(units.group(3)))
                .plusSeconds(number(units.group(4)))
                .plusMillis(number(units.group(5)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static @Nullable Instant ofOffset(String text) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
