package io.breadcrumbs.sdk.workflow.json;

import java.math.BigDecimal;

/**
 * A number as it was written, so that nothing of it is lost: {@code 1} and {@code 1.0} are two. Its bounds see to it
 * that arithmetic with it stays affordable.
 */
public record JsonNumber(String text) implements Json {

    static final int MOST_CHARACTERS = 1_000;
    static final int MOST_EXPONENT_DIGITS = 6;

    public JsonNumber {
        if (end(text, 0) != text.length()) {
            throw new IllegalArgumentException("text: expected a JSON number, got '" + text + "'");
        }
        if (excessive(text)) {
            throw new IllegalArgumentException("text: expected a number within the bounds, got '" + text + "'");
        }
    }

    /** Whether it is written as a whole number and fits into a long. */
    public boolean isLong() {
        if (text.length() > 20 || indexOfExponent(text) >= 0 || text.indexOf('.') >= 0) {
            return false;
        }
        return text.length() < 19 || new BigDecimal(text).toBigInteger().bitLength() < Long.SIZE;
    }

    /**
     * The same number as a long.
     *
     * @throws ArithmeticException if it has a fraction, or is too large for one
     */
    public long longValue() {
        return isLong() ? Long.parseLong(text) : decimal().longValueExact();
    }

    /** The nearest double; beyond its range, an infinity. */
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    public BigDecimal decimal() {
        return new BigDecimal(text);
    }

    @Override
    public String kind() {
        return "number";
    }

    @Override
    public String toString() {
        return text;
    }

    /** Whether a text that is a number goes beyond the bounds. */
    static boolean excessive(String number) {
        if (number.length() > MOST_CHARACTERS) {
            return true;
        }
        int exponent = indexOfExponent(number);
        if (exponent < 0) {
            return false;
        }
        int first = exponent + 1;
        while (first < number.length() && "+-0".indexOf(number.charAt(first)) >= 0) {
            first++;
        }
        return number.length() - first > MOST_EXPONENT_DIGITS;
    }

    private static int indexOfExponent(String number) {
        int small = number.indexOf('e');
        return small >= 0 ? small : number.indexOf('E');
    }

    /** Where the number ends that begins here; if none does, the complement of where a digit is missing. */
    static int end(String source, int from) {
        int at = from + (is(source, from, '-') ? 1 : 0);
        int whole = is(source, at, '0') ? at + 1 : digits(source, at);
        if (whole == at) {
            return ~at;
        }
        at = whole;
        if (is(source, at, '.')) {
            int fraction = digits(source, at + 1);
            if (fraction == at + 1) {
                return ~fraction;
            }
            at = fraction;
        }
        if (is(source, at, 'e') || is(source, at, 'E')) {
            int first = at + 1 + (is(source, at + 1, '+') || is(source, at + 1, '-') ? 1 : 0);
            at = digits(source, first);
            if (at == first) {
                return ~first;
            }
        }
        return at;
    }

    private static boolean is(String source, int at, char expected) {
        return at < source.length() && source.charAt(at) == expected;
    }

    private static int digits(String source, int from) {
        int at = from;
        while (at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
