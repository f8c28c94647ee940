package io.breadcrumbs.runner.builtin.expression;

import static java.util.Map.entry;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** What names stand for in expressions; upper and lower case are the same. */
final class Functions {

    private static final int DECIMALS_AT_MOST = 300;

    private static final BigDecimal PI = new BigDecimal("3.14159265358979323846264338327950288419716939937510"
            + "58209749445923078164062862089986280348253421170680");
    private static final BigDecimal E = new BigDecimal("2.71828182845904523536028747135266249775724709369995"
            + "95749669676277240766303535475945713821785251664274");

    private static final Map<String, BigDecimal> CONSTANTS = Map.of("pi", PI, "e", E);

    private static final Map<String, Function> ALL = Map.ofEntries(
            entry("sqrt", one(x -> x.sqrt(Numbers.PRECISION))),
            entry("abs", one(BigDecimal::abs)),
            entry("floor", one(x -> x.setScale(0, RoundingMode.FLOOR))),
            entry("ceil", one(x -> x.setScale(0, RoundingMode.CEILING))),
            entry("round", new Function(1, 2, Functions::round)),
            entry("min", new Function(1, Integer.MAX_VALUE, Collections::min)),
            entry("max", new Function(1, Integer.MAX_VALUE, Collections::max)),
            entry("pow", new Function(2, 2, all -> Numbers.power(all.get(0), all.get(1)))),
            entry("exp", one(x -> real(Math::exp, x))),
            entry("ln", one(x -> logarithm(Math::log, x))),
            entry("log10", one(x -> logarithm(Math::log10, x))),
            entry("log2", one(x -> logarithm(v -> Math.log(v) / Math.log(2), x))),
            entry("sin", one(x -> angular(Math.sin(x.doubleValue())))),
            entry("cos", one(x -> angular(Math.cos(x.doubleValue())))),
            entry("tan", one(Functions::tangent)),
            entry("asin", one(x -> real(Math::asin, x))),
            entry("acos", one(x -> real(Math::acos, x))),
            entry("atan", one(x -> real(Math::atan, x))));

    /** A function and how many values it takes. */
    private record Function(int fewest, int most, Body body) {}

    @FunctionalInterface
    private interface Body {
        BigDecimal of(List<BigDecimal> values);
    }

    private Functions() {}

    private static Function one(UnaryOperator<BigDecimal> body) {
        return new Function(1, 1, all -> body.apply(all.getFirst()));
    }

    static BigDecimal constant(Token name) throws ToolFailure {
        BigDecimal value = CONSTANTS.get(plain(name));
        if (value != null) {
            return value;
        }
        if (ALL.containsKey(plain(name))) {
            throw name.wrong("expected '(' after " + name);
        }
        throw name.instead("one of " + new TreeSet<>(CONSTANTS.keySet()) + " or " + new TreeSet<>(ALL.keySet()));
    }

    static BigDecimal call(Token name, List<BigDecimal> values) throws ToolFailure {
        Function function = ALL.get(plain(name));
        if (function == null) {
            throw name.instead("one of the functions " + new TreeSet<>(ALL.keySet()));
        }
        if (values.size() < function.fewest || values.size() > function.most) {
            throw name.wrong("expected " + name + " of " + number(function) + ", got " + values.size());
        }
        return Numbers.at(name, () -> function.body.of(values));
    }

    private static String number(Function function) {
        if (function.most == function.fewest) {
            return function.fewest + (function.fewest == 1 ? " value" : " values");
        }
        return function.most == Integer.MAX_VALUE
                ? function.fewest + " or more values"
                : function.fewest + " or " + function.most + " values";
    }

    private static String plain(Token name) {
        return name.text().toLowerCase(Locale.ROOT);
    }

    private static BigDecimal round(List<BigDecimal> values) {
        BigDecimal decimals = values.size() == 1 ? BigDecimal.ZERO : values.get(1);
        if (decimals.stripTrailingZeros().scale() > 0
                || decimals.abs().compareTo(BigDecimal.valueOf(DECIMALS_AT_MOST)) > 0) {
            throw new ArithmeticException(
                    "expected a whole number of decimals up to " + DECIMALS_AT_MOST + ", got " + decimals);
        }
        BigDecimal rounded = values.getFirst().setScale(decimals.intValueExact(), RoundingMode.HALF_UP);
        return rounded.round(Numbers.PRECISION);
    }

    private static BigDecimal real(DoubleUnaryOperator function, BigDecimal x) {
        return Numbers.of(function.applyAsDouble(x.doubleValue()));
    }

    private static BigDecimal logarithm(DoubleUnaryOperator function, BigDecimal x) {
        if (x.signum() <= 0) {
            throw new ArithmeticException("expected a number above 0");
        }
        return real(function, x);
    }

    /** Sines are known to 15 decimals: what doubles make of sin(pi) is 0. */
    private static BigDecimal angular(double value) {
        return BigDecimal.valueOf(value).setScale(15, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal tangent(BigDecimal x) {
        double angle = x.doubleValue();
        if (angular(Math.cos(angle)).signum() == 0) {
            throw new ArithmeticException("there is no value here");
        }
        return angular(Math.tan(angle));
    }
}
