package io.breadcrumbs.runner.builtin.expression;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Calculates with decimals of {@link #PRECISION} digits, between 10^-308 and 10^308, so that each operation takes its
 * bounded time. What needs more digits than are {@link #EXACT} was rounded somewhere: it is shown with {@link #SHOWN}
 * digits, so that 1 / 3 * 3 is 1.
 */
final class Numbers {

    static final MathContext PRECISION = new MathContext(100, RoundingMode.HALF_EVEN);

    private static final int EXACT = 90;
    private static final MathContext SHOWN = MathContext.DECIMAL128;

    /** What doubles say with certainty. */
    private static final MathContext OF_DOUBLE = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final int LARGEST_EXPONENT = 308;
    private static final BigDecimal LARGEST_POWER = BigDecimal.valueOf(999_999_999);

    private Numbers() {}

    /** What a function calculates. */
    @FunctionalInterface
    interface Calculation {

        /**
         * The value.
         *
         * @throws ArithmeticException that says why there is none
         */
        BigDecimal value();
    }

    static BigDecimal read(Token number) throws ToolFailure {
        try {
            BigDecimal value = new BigDecimal(number.text());
            return at(number, () -> value.round(PRECISION));
        } catch (NumberFormatException e) {
            throw number.wrong("a number beyond 10^" + LARGEST_EXPONENT);
        }
    }

    static BigDecimal combine(BigDecimal left, Token operator, BigDecimal right) throws ToolFailure {
        return at(operator, () -> switch (operator.text()) {
            case "+" -> left.add(right, PRECISION);
            case "-" -> left.subtract(right, PRECISION);
            case "*" -> left.multiply(right, PRECISION);
            case "/" -> left.divide(divisor(right), PRECISION);
            case "%" -> left.remainder(divisor(right));
            case "^" -> power(left, right);
            default -> throw new IllegalStateException("no operator: " + operator);
        });
    }

    /** The value of a calculation; its failure is one of the expression, at this word. */
    static BigDecimal at(Token token, Calculation calculation) throws ToolFailure {
        try {
            return inRange(calculation.value());
        } catch (ArithmeticException e) {
            throw token.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static BigDecimal inRange(BigDecimal value) {
        if (value.signum() != 0 && Math.abs(exponent(value)) > LARGEST_EXPONENT) {
            throw outOfRange(exponent(value) > 0);
        }
        return value;
    }

    private static ArithmeticException outOfRange(boolean large) {
        return new ArithmeticException(
                large
                        ? "the result is beyond 10^" + LARGEST_EXPONENT
                        : "the result is closer to zero than 10^-" + LARGEST_EXPONENT);
    }

    /** The power of ten of the first digit. */
    private static long exponent(BigDecimal value) {
        return (long) value.precision() - value.scale() - 1;
    }

    private static BigDecimal divisor(BigDecimal value) {
        if (value.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        return value;
    }

    static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        if (base.signum() == 0) {
            if (exponent.signum() < 0) {
                throw new ArithmeticException("division by zero");
            }
            return exponent.signum() == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        boolean whole = exponent.stripTrailingZeros().scale() <= 0;
        if (!whole || exponent.abs().compareTo(LARGEST_POWER) > 0) {
            return nonZero(Math.pow(base.doubleValue(), exponent.doubleValue()));
        }
        int times = exponent.intValueExact();
        if (Math.abs(exponent(base)) > 1 && Math.abs((double) exponent(base) * times) > 2 * LARGEST_EXPONENT) {
            throw outOfRange(exponent(base) > 0 == times > 0);
        }
        return base.pow(times, PRECISION);
    }

    private static BigDecimal nonZero(double value) {
        if (value == 0) {
            throw outOfRange(false);
        }
        return of(value);
    }

    /** What a double says with certainty. */
    static BigDecimal of(double value) {
        if (Double.isNaN(value)) {
            throw new ArithmeticException("there is no value here");
        }
        if (Double.isInfinite(value)) {
            throw outOfRange(true);
        }
        return BigDecimal.valueOf(value).round(OF_DOUBLE);
    }

    /** A value as it leaves the calculator. */
    static BigDecimal shown(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() > EXACT) {
            stripped = stripped.round(SHOWN).stripTrailingZeros();
        }
        boolean whole = stripped.scale() < 0 && exponent(stripped) < EXACT;
        return whole ? stripped.setScale(0) : stripped;
    }
}
