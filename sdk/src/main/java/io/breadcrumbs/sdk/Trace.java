package io.breadcrumbs.sdk;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** W3C trace context: what is published while a record is handled belongs to that record's trace. */
public final class Trace {

    /** The traceparent of what this thread is doing. */
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;
    private static final int LENGTH = 55;

    private Trace() {}

    /** A traceparent for something new that this thread publishes: a span of the current trace, or of a new one. */
    public static String next(RandomGenerator random) {
        return child(CURRENT.isBound() ? CURRENT.get() : null, random);
    }

    /** A new span of the parent's trace; of a new trace if the parent is missing or no traceparent. */
    public static String child(@Nullable String parent, RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        StringBuilder text = new StringBuilder(LENGTH).append("00-");
        if (parent != null && parent.length() == LENGTH && parent.startsWith("00-")) {
            text.append(parent, TRACE_FROM, TRACE_TO);
        } else {
            text.append(hex.toHexDigits(random.nextLong() | 1)).append(hex.toHexDigits(random.nextLong()));
        }
        return text.append('-')
                .append(hex.toHexDigits(random.nextLong() | 1))
                .append("-01")
                .toString();
    }
}
