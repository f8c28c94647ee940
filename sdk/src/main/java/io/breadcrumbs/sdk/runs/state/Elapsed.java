package io.breadcrumbs.sdk.runs.state;

import java.util.Locale;

/** Lengths of time, as people read them: two units at most. */
public final class Elapsed {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Elapsed() {}

    /** A clock that goes backwards leaves nothing. */
    public static String text(long millis) {
        long ms = Math.max(0, millis);
        if (ms < SECOND) {
            return ms + " ms";
        }
        if (ms < 10 * SECOND) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(ms / 100.0) / 10);
        }
        if (ms < MINUTE) {
            return ms / SECOND + " s";
        }
        if (ms < HOUR) {
            return two(ms, MINUTE, "min", SECOND, "s");
        }
        return ms < DAY ? two(ms, HOUR, "h", MINUTE, "min") : two(ms, DAY, "d", HOUR, "h");
    }

    private static String two(long ms, long large, String largeName, long small, String smallName) {
        long rest = ms % large / small;
        return ms / large + " " + largeName + (rest == 0 ? "" : " " + rest + " " + smallName);
    }
}
