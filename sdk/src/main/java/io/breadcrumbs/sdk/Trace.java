package io.breadcrumbs.sdk;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** W3C trace context: what is published while a record is handled belongs to that record's trace. */
public final class Trace {

    /** The traceparent of what this thread is doing. */
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;
    private static final int SPAN_FROM = 36;
    private static final int FLAGS_FROM = 53;
    private static final int LENGTH = 55;

    private Trace() {}

    /** A traceparent for something new that this thread publishes: a span of the current trace, or of a new one. */
    public static String next(RandomGenerator random) {
        return child(CURRENT.isBound() ? CURRENT.get() : null, random);
    }

    /** A new span of the parent's trace; of a new trace if the parent is missing or no traceparent. */
    public static String child(@Nullable String parent, RandomGenerator random) {
        byte[] text = new byte[LENGTH];
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        if (parent != null && namesTrace(parent)) {
            for (int i = TRACE_FROM; i < TRACE_TO; i++) {
                text[i] = (byte) parent.charAt(i);
            }
        } else {
            Digits.write(random.nextLong() | 1, text, TRACE_FROM);
            Digits.write(random.nextLong(), text, TRACE_FROM + Digits.OF_A_LONG);
        }
        text[TRACE_TO] = '-';
        Digits.write(random.nextLong() | 1, text, SPAN_FROM);
        text[FLAGS_FROM - 1] = '-';
        text[FLAGS_FROM] = '0';
        text[FLAGS_FROM + 1] = '1';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Anybody may have written it. */
    private static boolean namesTrace(String parent) {
        if (parent.length() != LENGTH || !parent.startsWith("00-") || parent.charAt(TRACE_TO) != '-') {
            return false;
        }
        for (int i = TRACE_FROM; i < TRACE_TO; i++) {
            if (!Digits.isDigit(parent.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
