package io.breadcrumbs.sdk;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** W3C trace context: what is published while a record is handled belongs to that record's trace. */
public final class Trace {

    /** The header that carries a traceparent, over HTTP and in records. */
    public static final String HEADER = "traceparent";

    /** The traceparent of what this thread is doing. */
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    /** The same, on threads that {@link #enter} it. */
    private static final ThreadLocal<@Nullable String> ENTERED = new ThreadLocal<>();

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;
    private static final int SPAN_FROM = 36;
    private static final int SPAN_TO = 52;
    private static final int FLAGS_FROM = 53;
    private static final int LENGTH = 55;

    private Trace() {}

    /** The traceparent of what this thread is doing; null: it belongs to no trace. */
    public static @Nullable String current() {
        return CURRENT.isBound() ? CURRENT.get() : ENTERED.get();
    }

    /**
     * What this thread does belongs there from now on, or nowhere. For frameworks that lend threads piece by piece, and
     * say when a piece begins and ends; everybody else does it {@link #within}.
     *
     * @return where it belonged before
     */
    public static @Nullable String enter(@Nullable String traceparent) {
        String before = ENTERED.get();
        if (traceparent == null) {
            ENTERED.remove();
        } else {
            ENTERED.set(traceparent);
        }
        return before;
    }

    /** Does something that belongs to a trace; null: to the one that the thread is in, if any. */
    public static <T extends @Nullable Object> T within(@Nullable String traceparent, Supplier<T> what) {
        return traceparent == null
                ? what.get()
                : ScopedValue.where(CURRENT, traceparent).call(what::get);
    }

    /** The same, for what gives nothing back. */
    public static void within(@Nullable String traceparent, Runnable what) {
        if (traceparent == null) {
            what.run();
        } else {
            ScopedValue.where(CURRENT, traceparent).run(what);
        }
    }

    /** A traceparent for something new that this thread publishes: a span of the current trace, or of a new one. */
    public static String next(RandomGenerator random) {
        return child(current(), random);
    }

    /**
     * A new span of the parent's trace, recorded if the parent is; of a new trace if the parent is missing or no
     * traceparent.
     */
    public static String child(@Nullable String parent, RandomGenerator random) {
        byte[] text = new byte[LENGTH];
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        boolean recorded = true;
        if (parent != null && isOne(parent)) {
            for (int i = TRACE_FROM; i < TRACE_TO; i++) {
                text[i] = (byte) parent.charAt(i);
            }
            recorded = isRecorded(parent);
        } else {
            Digits.write(random.nextLong() | 1, text, TRACE_FROM);
            Digits.write(random.nextLong(), text, TRACE_FROM + Digits.OF_A_LONG);
        }
        text[TRACE_TO] = '-';
        Digits.write(random.nextLong() | 1, text, SPAN_FROM);
        text[SPAN_TO] = '-';
        text[FLAGS_FROM] = '0';
        text[FLAGS_FROM + 1] = (byte) (recorded ? '1' : '0');
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Whether it is a traceparent; anybody may have written it. */
    public static boolean isOne(@Nullable String text) {
        return text != null
                && text.length() == LENGTH
                && text.startsWith("00-")
                && names(text, TRACE_FROM, TRACE_TO)
                && text.charAt(TRACE_TO) == '-'
                && names(text, SPAN_FROM, SPAN_TO)
                && text.charAt(SPAN_TO) == '-'
                && Digits.isDigit(text.charAt(FLAGS_FROM))
                && Digits.isDigit(text.charAt(FLAGS_FROM + 1));
    }

    /** The id of the trace that a traceparent names. */
    public static String traceId(String traceparent) {
        return traceparent.substring(TRACE_FROM, TRACE_TO);
    }

    /** The id of the span that a traceparent names. */
    public static String spanId(String traceparent) {
        return traceparent.substring(SPAN_FROM, SPAN_TO);
    }

    /** Whether what belongs to a traceparent is recorded, as far as who wrote it knows. */
    public static boolean isRecorded(String traceparent) {
        return (Character.digit(traceparent.charAt(FLAGS_FROM + 1), 16) & 1) == 1;
    }

    /** Digits alone, and not zeros alone, which stand for none. */
    private static boolean names(String text, int from, int to) {
        boolean zeros = true;
        for (int i = from; i < to; i++) {
            char one = text.charAt(i);
            if (!Digits.isDigit(one)) {
                return false;
            }
            zeros &= one == '0';
        }
        return !zeros;
    }
}
